import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isEligible } from '../../core/routing/eligibility.ts';
import { byTurn, nextInTurn } from '../../core/routing/queue.ts';

const agent = (tags: string[], languages: string[] = ['en']) => ({ id: 'a', tags, languages, limit: 1 });
const service = (tags: string[], requiredLanguage: string | null = null) => ({
  id: 's',
  tags,
  requiredLanguage,
});

Deno.test('C6 eligibility: every tag of the service, and the language where asked for', () => {
  const table: [boolean, ReturnType<typeof agent>, ReturnType<typeof service>][] = [
    [true, agent([]), service([])],
    [true, agent(['sales']), service([])],
    [false, agent([]), service(['sales'])],
    [true, agent(['sales', 'support']), service(['sales'])],
    [false, agent(['sales']), service(['sales', 'support'])],
    [true, agent(['support', 'sales']), service(['sales', 'support'])],
    [false, agent(['Sales']), service(['sales'])],
    [true, agent([], ['de']), service([], 'de')],
    [false, agent([], ['en']), service([], 'de')],
    [false, agent([], []), service([], 'de')],
    [true, agent([], ['en', 'de']), service([], 'DE-at')],
    [true, agent([], ['de-CH']), service([], 'de')],
    [false, agent([], ['den']), service([], 'de')],
    [false, agent([], ['de']), service(['sales'], 'de')],
  ];
  for (const [expected, who, what] of table)
    assert.equal(isEligible(who, what), expected, JSON.stringify([who, what]));
});

const queued = (contact: string, waitingSince: number, first = false) => ({ contact, waitingSince, first });

Deno.test('C8 C16 turn: lost agents first, then the longest wait, ties in one order for all', () => {
  const queue = [queued('b', 5), queued('a', 5), queued('c', 9, true), queued('d', 1), queued('e', 8, true)];
  assert.equal(nextInTurn(queue)?.contact, 'e');
  assert.deepEqual(
    queue.toSorted(byTurn).map(({ contact }) => contact),
    ['e', 'c', 'd', 'a', 'b'],
  );
  assert.equal(nextInTurn([]), undefined);
});

Deno.test('C8 whatever the queue, whoever is next stands first in the sorted list', () => {
  const entry = fc.record({ contact: fc.uuid(), waitingSince: fc.nat(5), first: fc.boolean() });
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ({ contact }) => contact }), (queue) => {
      const sorted = queue.toSorted(byTurn);
      assert.equal(nextInTurn(queue), sorted[0]);
      assert.deepEqual(queue.toReversed().toSorted(byTurn), sorted);
    }),
  );
});
