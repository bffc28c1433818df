import assert from 'node:assert/strict';
import type { Contact } from '../../core/contact/contact.ts';
import { viewOf } from '../../core/contact/view.ts';
import {
  accepted,
  after,
  assigned,
  dissuaded,
  ended,
  linesOf,
  NOW,
  refused,
  taking,
  waiting,
} from '../support/contact-machine.ts';
import { aVisitor } from '../support/contact-sample.ts';

/** What the status icons, the card and the end of a contact are made of. */

const phases: readonly [string, Contact][] = [
  ['waiting', waiting()],
  ['assigned', assigned()],
  ['dissuaded', dissuaded()],
];
const unchanged = (contact: Contact, event: Parameters<typeof accepted>[1]) => {
  const step = accepted(contact, event);
  assert.equal(step.contact, contact);
  assert.deepEqual(step.effects, []);
};

for (const [phase, contact] of phases) {
  Deno.test(`C11 ${phase}: between two pages from when the first is left until the next is there`, () => {
    const moving = after(contact, { type: 'moving', at: NOW + 1 });
    assert.equal(viewOf(moving, 'agent').moving, NOW + 1);
    unchanged(moving, { type: 'moving', at: NOW + 2 });
    const page = { url: 'https://shop.example/lamps', title: 'Lamps', referrer: '' };
    const there = after(moving, { type: 'visit', visitor: aVisitor({ page }) });
    assert.equal(there.moving, null);
    assert.deepEqual(viewOf(there, 'agent').visitor.page, page);
    const gone = after(moving, { type: 'away', side: 'visitor', at: NOW + 3 });
    assert.equal(gone.moving, NOW + 1, 'its socket went with the page');
    assert.equal(after(gone, { type: 'back', side: 'visitor' }).moving, null);
    assert.equal(
      after(gone, { type: 'away', side: 'agent', at: NOW }, { type: 'back', side: 'agent' }).moving,
      NOW + 1,
      'the agent’s return says nothing of the visitor',
    );
  });

  Deno.test(`C11 ${phase}: idle since the last sign of life, until the next`, () => {
    const idle = after(contact, { type: 'idle', since: NOW - 120_000 });
    assert.equal(viewOf(idle, 'agent').idle, NOW - 120_000);
    unchanged(idle, { type: 'idle', since: NOW });
    assert.equal(after(idle, { type: 'idle', since: null }).idle, null);
    unchanged(contact, { type: 'idle', since: null });
    assert.equal(after(idle, { type: 'visit', visitor: aVisitor() }).idle, null);
  });

  Deno.test(`C13 ${phase}: a colour is set, changed and taken away, and only agents see it`, () => {
    const red = after(contact, { type: 'colour', colour: 'red' });
    assert.equal(viewOf(red, 'agent').desk?.colour, 'red');
    assert.equal(viewOf(red, 'visitor').desk, null);
    unchanged(red, { type: 'colour', colour: 'red' });
    assert.equal(after(red, { type: 'colour', colour: null }).colour, null);
  });

  Deno.test(`M5 ${phase}: consent is given, taken back, and said in the conversation`, () => {
    unchanged(contact, { type: 'link-consent', allow: false });
    const { contact: follows, effects } = accepted(contact, { type: 'link-consent', allow: true });
    assert.equal(viewOf(follows, 'agent').follows, true);
    const back = accepted(follows, { type: 'link-consent', allow: false });
    assert.equal(back.contact.follows, false);
    assert.deepEqual(
      [...linesOf(effects), ...linesOf(back.effects)].map(({ event, side }) => [event, side]),
      [
        ['link.allowed', 'visitor'],
        ['link.refused', 'visitor'],
      ],
    );
  });

  Deno.test(`C17 ${phase}: nothing to rate before the end`, () => {
    assert.equal(refused(contact, { type: 'rate', rating: { score: 5, comment: '' } }), 'frame.out-of-state');
  });
}

Deno.test('M5 a link is pushed by the agent who answers, every time anew', () => {
  const push = { type: 'push-link', url: 'https://shop.example/lamps' } as const;
  const { contact, effects } = accepted(assigned(), push);
  const [line] = linesOf(effects);
  assert.deepEqual([line?.event, line?.name, line?.text], ['link.pushed', 'Anna', push.url]);
  assert.deepEqual(linesOf(accepted(contact, push).effects).length, 1);
  assert.equal(refused(waiting(), push), 'contact.not-assigned');
  assert.equal(refused(dissuaded(), push), 'contact.not-assigned');
  assert.equal(refused(ended(), push), 'contact.ended');
});

Deno.test('C17 after the end a rating is kept and said, the same one once', () => {
  const rating = { score: 4, comment: 'Quick' };
  const { contact, effects } = accepted(ended(), { type: 'rate', rating });
  assert.equal(contact.phase, 'ended');
  assert.deepEqual(viewOf(contact, 'agent').rating, rating);
  assert.deepEqual(
    linesOf(effects).map(({ event, score, text }) => [event, score, text]),
    [['contact.rated', 4, 'Quick']],
  );
  unchanged(contact, { type: 'rate', rating: { ...rating } });
  assert.equal(
    accepted(contact, { type: 'rate', rating: { score: 5, comment: '' } }).contact.rating?.score,
    5,
  );
});

Deno.test('C17 nothing else moves an ended contact: requests hear of it, facts pass', () => {
  const contact = ended();
  for (const event of [
    taking(),
    { type: 'wait', at: NOW },
    { type: 'end', by: 'agent', at: NOW },
    { type: 'colour', colour: 'red' },
    { type: 'link-consent', allow: true },
    { type: 'close-chat', by: 'visitor', at: NOW },
    { type: 'reopen-chat' },
  ] as const)
    assert.equal(refused(contact, event), 'contact.ended', event.type);
  for (const event of [
    { type: 'away', side: 'visitor', at: NOW },
    { type: 'back', side: 'visitor' },
    { type: 'moving', at: NOW },
    { type: 'idle', since: NOW },
    { type: 'answered', at: NOW },
    { type: 'visit', visitor: aVisitor() },
    { type: 'agent-switches', voice: false, video: false, mayVideo: false },
    { type: 'tick', at: NOW + 10 ** 10 },
  ] as const)
    unchanged(contact, event);
});

Deno.test('S12 the first answer of an agent is kept, later ones change nothing', () => {
  const answered = after(assigned(), { type: 'answered', at: NOW + 5 });
  assert.equal(answered.answeredAt, NOW + 5);
  unchanged(answered, { type: 'answered', at: NOW + 9 });
});
