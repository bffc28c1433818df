import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CONTACT_KINDS } from '../../core/contact/model.ts';
import { fallbacksOf, type Offer, openOffers, type When } from '../../core/service/offers.ts';

Deno.test('C1 when a way to begin is offered', () => {
  const table: Record<When, [closed: boolean, closedStaffed: boolean, open: boolean, openStaffed: boolean]> =
    {
      always: [true, true, true, true],
      open: [false, false, true, true],
      staffed: [false, false, false, true],
      unanswered: [true, true, true, false],
    };
  for (const [when, row] of Object.entries(table) as [When, boolean[]][]) {
    const offered = [
      { open: false, staffed: false },
      { open: false, staffed: true },
      { open: true, staffed: false },
      { open: true, staffed: true },
    ].map((now) => openOffers([{ kind: 'chat', when }], now).length === 1);
    assert.deepEqual(offered, row, when);
  }
});

const offers: fc.Arbitrary<Offer[]> = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...CONTACT_KINDS),
    when: fc.constantFrom('always' as const, 'open' as const, 'staffed' as const, 'unanswered' as const),
  }),
  { selector: ({ kind }) => kind },
);

Deno.test('C1 C7 the order of the service is kept, and what may be left does not depend on the hour', () => {
  fc.assert(
    fc.property(offers, fc.boolean(), fc.boolean(), (offers, open, staffed) => {
      const kinds = offers.map(({ kind }) => kind);
      const shown = openOffers(offers, { open, staffed });
      assert.deepEqual(
        shown,
        kinds.filter((kind) => shown.includes(kind)),
      );
      assert.deepEqual(
        fallbacksOf(offers),
        kinds.filter((kind) => kind === 'callback' || kind === 'lead'),
      );
    }),
  );
});
