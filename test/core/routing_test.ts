import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CONTACT_KINDS } from '../../core/contact/model.ts';
import { isEligible } from '../../core/routing/eligibility.ts';
import { expectedWait, PACE_SPAN } from '../../core/routing/expected-wait.ts';
import { byTurn, isDue, nextInTurn, type Queued, rings } from '../../core/routing/queue.ts';

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

const queued = (contact: string, waitingSince: number, more: Partial<Queued> = {}): Queued => ({
  contact,
  waitingSince,
  kind: 'chat',
  first: false,
  transfer: null,
  ...more,
});
const order = (queue: readonly Queued[]) => queue.toSorted(byTurn).map(({ contact }) => contact);

Deno.test('C8 C16 turn: who was answered already, then the longest wait, left messages last, ties by id', () => {
  const queue = [
    queued('lead', 0, { kind: 'lead' }),
    queued('b', 5),
    queued('a', 5),
    queued('requeued', 9, { first: true }),
    queued('callback', 3, { kind: 'callback' }),
    queued('d', 1, { kind: 'video' }),
    queued('handed-over', 8, { transfer: {} }),
    queued('lead-of-lost-agent', 7, { kind: 'lead', first: true }),
  ];
  assert.deepEqual(order(queue), [
    'lead-of-lost-agent',
    'handed-over',
    'requeued',
    'd',
    'callback',
    'a',
    'b',
    'lead',
  ]);
  assert.equal(nextInTurn(queue, 100)?.contact, 'lead-of-lost-agent');
  assert.equal(nextInTurn([], 100), undefined);
});

Deno.test('C1 C8 a callback wished for later is passed over until its time has come', () => {
  const later = queued('later', 50, { kind: 'callback' });
  const queue = [later, queued('now', 60)];
  assert.equal(isDue(later, 49), false);
  assert.equal(isDue(later, 50), true);
  assert.equal(nextInTurn([later], 49), undefined);
  assert.equal(nextInTurn([later], 50)?.contact, 'later');
  assert.equal(nextInTurn(queue, 60)?.contact, 'later');
  assert.deepEqual(order([queued('now', 20), later]), ['now', 'later'], 'and stands behind who waits');
});

Deno.test('C8 C9 it rings for who waits at the page, by whatever clock, and for a callback when its time has come', () => {
  const table = { chat: true, voice: true, video: true, callback: true, lead: false };
  for (const kind of CONTACT_KINDS) {
    assert.equal(rings(queued('c', 5, { kind }), 5), table[kind], kind);
    // A clock that is late must not hold back who waits at the page; a wished time it can.
    const early = table[kind] && kind !== 'callback';
    assert.equal(rings(queued('c', 5, { kind }), 4), early, `${kind}, early`);
    assert.equal(rings(queued('c', 5, { kind, transfer: {} }), 5), true, `${kind}, handed over`);
  }
});

const queue = fc.uniqueArray(
  fc.record({
    contact: fc.stringMatching(/^[a-z]{1,3}$/),
    kind: fc.constantFrom(...CONTACT_KINDS),
    waitingSince: fc.nat(5),
    first: fc.boolean(),
    transfer: fc.constantFrom(null, {}),
  }),
  { selector: ({ contact }) => contact },
);

Deno.test('C8 whatever the queue, all see one order, and who is next stands first of those who are due', () => {
  fc.assert(
    fc.property(queue, fc.nat(6), (queue, now) => {
      const sorted = queue.toSorted(byTurn);
      assert.deepEqual(queue.toReversed().toSorted(byTurn), sorted);
      assert.equal(
        nextInTurn(queue, now),
        sorted.find((entry) => isDue(entry, now)),
      );
      assert.equal(nextInTurn(new Set(queue), now), nextInTurn(queue, now));
    }),
  );
});

const MINUTE = 60_000;

Deno.test('C18 the expected wait follows from the pace of late, and is not told from too little', () => {
  const now = 100 * MINUTE;
  const ago = (...minutes: number[]) => minutes.map((minute) => now - minute * MINUTE);
  const table: [number | null, number[], number][] = [
    [null, [], 1],
    [null, ago(1, 2), 1],
    [60, ago(1, 2, 3), 1],
    [180, ago(1, 2, 3), 3],
    [60, ago(3, 1, 2), 1],
    [300, ago(5, 10, 15, 20), 1],
    [null, ago(1, 2, 31), 1],
    [60, ago(1, 2, 3, 31, 90), 1],
    [null, [...ago(1, 2), now + 1], 1],
  ];
  for (const [expected, answers, position] of table)
    assert.equal(expectedWait(answers, position, now), expected, JSON.stringify([answers, position]));
});

Deno.test('C18 whatever the answers, the wait is a whole number that grows with the place', () => {
  const answers = fc.array(fc.integer({ min: 0, max: 3 * PACE_SPAN }), { maxLength: 20 });
  fc.assert(
    fc.property(answers, fc.integer({ min: 1, max: 200 }), (answers, position) => {
      const [here, behind] = [position, position + 1].map((place) =>
        expectedWait(answers, place, 3 * PACE_SPAN),
      );
      assert.equal(here === null, behind === null);
      if (here == null || behind == null) return;
      assert.ok(Number.isInteger(here) && here >= 0 && behind >= here);
      assert.equal(expectedWait(answers.toReversed(), position, 3 * PACE_SPAN), here);
    }),
  );
});
