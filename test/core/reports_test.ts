import assert from 'node:assert/strict';
import type { Contact } from '../../core/contact/contact.ts';
import { isLiveKind } from '../../core/contact/model.ts';
import { type Fact, factsOf } from '../../core/reports/facts.ts';
import { addFact, emptyRow, type ReportRow } from '../../core/reports/rows.ts';
import {
  aCallback,
  accepted,
  after,
  aLead,
  assigned,
  BEN,
  dissuaded,
  ended,
  NOW,
  TO_BEN,
  TO_SUPPORT,
  taking,
  waiting,
} from '../support/contact-machine.ts';
import { everyLife, type Step } from '../support/contact-moves.ts';

type Told = [fact: Fact['fact'], agent: string | null, seconds: number | null];
const told = (before: Contact, event: Parameters<typeof accepted>[1], at: number): Told[] =>
  factsOf(before, accepted(before, event).contact, at).map(({ fact, agent, seconds }) => [
    fact,
    agent,
    seconds,
  ]);
const at = NOW + 90_000;
const leaves = { type: 'end', by: 'visitor', at } as const;
const offered = (to: typeof TO_BEN) => after(assigned(), { type: 'offer-transfer', to, note: '', at: NOW });

Deno.test('S12 what each change of a contact adds to the reports', () => {
  const lost = after(assigned(), { type: 'away', side: 'agent', at: NOW });
  const requeued = after(lost, { type: 'tick', at: NOW + 30_000 });
  const answered = after(assigned(), { type: 'answered', at: NOW + 5_000 });
  const table: [string, Contact, Parameters<typeof accepted>[1], Told[]][] = [
    ['taken', waiting(), taking(BEN, at), [['taken', 'ben', 90]]],
    ['dissuaded', waiting(), { type: 'tick', at: NOW + 180_000 }, [['dissuaded', null, null]]],
    ['left while waiting', waiting(), leaves, [['abandoned', null, 90]]],
    ['left after it was given up', dissuaded(), leaves, []],
    ['took back a message', waiting({ kind: 'lead', form: aLead() }), leaves, []],
    ['left word instead', waiting(), { type: 'convert', form: aCallback(), at }, [['converted', null, null]]],
    [
      'left word when it was given up',
      dissuaded(),
      { type: 'convert', form: aLead(), at },
      [['converted', null, null]],
    ],
    ['the first answer', assigned(), { type: 'answered', at }, [['answered', 'anna', 90]]],
    ['a second answer', answered, { type: 'answered', at }, []],
    ['agent lost', lost, { type: 'tick', at: NOW + 30_000 }, [['requeued', 'anna', null]]],
    ['taken again', requeued, taking(BEN, NOW + 40_000), [['taken', 'ben', 10]]],
    ['offered to a colleague', assigned(), { type: 'offer-transfer', to: TO_BEN, note: '', at }, []],
    ['handed over', offered(TO_BEN), taking(BEN, at), [['transferred', 'ben', null]]],
    ['ended by the visitor', assigned(), leaves, [['ended', 'anna', 90]]],
    ['rated', ended(), { type: 'rate', rating: { score: 4, comment: '' } }, [['rated', 'anna', null]]],
    ['something else', assigned(), { type: 'colour', colour: 'red' }, []],
  ];
  for (const [what, before, event, expected] of table)
    assert.deepEqual(told(before, event, at), expected, what);
});

Deno.test('S12 facts stand with the service and kind they belong to', () => {
  const [opened] = factsOf(null, waiting({ kind: 'video' }), NOW);
  assert.deepEqual(opened, {
    fact: 'opened',
    service: 'sales',
    agent: null,
    kind: 'video',
    seconds: null,
    score: null,
  });
  const moved = offered(TO_SUPPORT);
  const [transferred] = factsOf(moved, accepted(moved, taking(BEN)).contact, NOW);
  assert.deepEqual([transferred?.service, transferred?.agent], ['support', 'ben']);
  const rated = accepted(ended(), { type: 'rate', rating: { score: 2, comment: 'Slow' } }).contact;
  assert.deepEqual(
    factsOf(ended(), rated, NOW).map(({ score }) => score),
    [2],
  );
});

Deno.test('S12 a fact raises its count, and what is summed with it', () => {
  const fact = (fact: Fact['fact'], seconds: number | null = null, score: number | null = null): Fact => ({
    fact,
    service: 'sales',
    agent: 'anna',
    kind: 'voice',
    seconds,
    score,
  });
  const row = [
    fact('opened'),
    fact('taken', 30),
    fact('taken', 10),
    fact('answered', 4),
    fact('ended', 600),
    fact('rated', null, 5),
    fact('rated', null, 2),
    fact('dissuaded'),
    fact('abandoned', 8),
    fact('converted'),
    fact('requeued'),
    fact('transferred'),
  ].reduce(addFact, emptyRow('2026-11-20', 'sales', 'anna'));
  assert.deepEqual(row, {
    day: '2026-11-20',
    service: 'sales',
    agent: 'anna',
    opened: 1,
    kinds: { chat: 0, voice: 1, video: 0, callback: 0, lead: 0 },
    taken: 2,
    waitSum: 40,
    waitMax: 30,
    answered: 1,
    firstAnswerSum: 4,
    dissuaded: 1,
    abandoned: 1,
    converted: 1,
    requeued: 1,
    transferred: 1,
    ended: 1,
    durationSum: 600,
    rated: 2,
    scoreSum: 7,
  } satisfies ReportRow);
});

const rowOf = (facts: readonly Fact[]): ReportRow =>
  facts.reduce(addFact, emptyRow('2026-11-20', 'all', null));
const factsOfLife = (opened: Contact, steps: readonly Step[]): Fact[] => [
  ...factsOf(null, opened, opened.openedAt),
  ...steps.flatMap(({ before, after, at }) => factsOf(before, after, at)),
];

Deno.test('S12 whatever happens, every contact that came in is accounted for', () => {
  everyLife((opened, steps) => {
    const row = rowOf(factsOfLife(opened, steps));
    const last = steps.at(-1)?.after ?? opened;
    const count = (holds: (step: Step) => boolean) => steps.filter(holds).length;
    const enters = (phase: Contact['phase']) =>
      count(({ before, after }) => before.phase !== phase && after.phase === phase);
    assert.equal(row.opened, 1);
    // What an agent took has ended, came back into the queue, or is being answered.
    assert.equal(row.taken, row.ended + row.requeued + Number(last.phase === 'assigned'));
    // What stood in the queue was taken, given up, left, taken back, or stands there.
    const back = count(({ before, after }) => before.phase === 'dissuaded' && after.phase === 'waiting');
    const withdrawn = count(
      ({ before, after }) =>
        before.phase === 'waiting' && after.phase === 'ended' && !isLiveKind(before.kind),
    );
    assert.equal(
      row.opened + row.requeued + back,
      row.taken + row.dissuaded + row.abandoned + withdrawn + Number(last.phase === 'waiting'),
    );
    // A contact ends once: answered, given up before, or in the queue.
    const givenUp = count(({ before, after }) => before.phase === 'dissuaded' && after.phase === 'ended');
    assert.equal(row.ended + row.abandoned + withdrawn + givenUp, enters('ended'));
    assert.ok(row.ended + row.abandoned <= 1);
  });
});

Deno.test('S12 whatever happens, sums are of what is counted, and nobody waits less than no time', () => {
  everyLife((opened, steps) => {
    const facts = factsOfLife(opened, steps);
    const row = rowOf(facts);
    for (const { seconds, score } of facts) {
      assert.ok(seconds === null || (Number.isInteger(seconds) && seconds >= 0));
      assert.ok(score === null || (score >= 1 && score <= 5));
    }
    assert.ok(row.answered <= 1 && row.rated <= 1);
    assert.ok(row.waitMax <= row.waitSum && row.waitSum <= row.waitMax * row.taken);
    assert.ok(row.scoreSum >= row.rated && row.scoreSum <= 5 * row.rated);
    const lived = ((steps.at(-1)?.at ?? opened.openedAt) - opened.openedAt) / 1000;
    assert.ok(row.durationSum <= lived + 1 && row.waitSum <= lived + row.taken);
    assert.equal(
      Object.values(row.kinds).reduce((sum, kind) => sum + kind),
      row.opened,
    );
  });
});
