import assert from 'node:assert/strict';
import { channelsOf } from '../../core/contact/channels.ts';
import { contactDeadline } from '../../core/contact/contact.ts';
import { CONTACT_KINDS, type Form, isLiveKind } from '../../core/contact/model.ts';
import { openContact } from '../../core/contact/opening.ts';
import { viewOf } from '../../core/contact/view.ts';
import {
  aCallback,
  accepted,
  after,
  aLead,
  anOpening,
  assigned,
  BEN,
  calling,
  deedsOf,
  dissuaded,
  ended,
  linesOf,
  NOW,
  refused,
  someSettings,
  taking,
  waiting,
} from '../support/contact-machine.ts';
import { aVisitor } from '../support/contact-sample.ts';

const callback = (wishedAt: number | null = null) =>
  waiting({ kind: 'callback', form: aCallback({ wishedAt }) });
const converting = (form: Form = aCallback(), at = NOW + 60_000) => ({ type: 'convert', form, at }) as const;

Deno.test('C1 the kinds: three wait at the page, two have left word', () => {
  assert.deepEqual(CONTACT_KINDS.filter(isLiveKind), ['chat', 'voice', 'video']);
});

for (const kind of CONTACT_KINDS)
  Deno.test(`C1 ${kind}: opens waiting, in the queue, with its first line`, () => {
    const form = kind === 'callback' ? aCallback() : kind === 'lead' ? aLead() : null;
    const { contact, effects } = openContact(anOpening({ kind, form, colour: 'blue', preferred: 'anna' }));
    assert.equal(contact.phase, 'waiting');
    assert.equal(contact.rev, 1);
    assert.deepEqual([contact.colour, contact.preferred, contact.entry], ['blue', 'anna', 'sales']);
    assert.equal(contact.waitingSince, NOW);
    assert.equal(contact.dissuadeAt, isLiveKind(kind) ? NOW + 180_000 : null);
    assert.equal(contactDeadline(contact), contact.dissuadeAt);
    assert.deepEqual(deedsOf(effects), [{ type: 'offer' }]);
    const [line] = linesOf(effects);
    assert.equal(line?.event, 'contact.opened');
    assert.equal(line.call, kind === 'voice' || kind === 'video' ? kind : null);
    assert.equal(line.text, isLiveKind(kind) ? null : kind);
    assert.deepEqual(viewOf(contact, 'agent').form, form);
  });

for (const kind of CONTACT_KINDS)
  Deno.test(`C1 V7 ${kind}: taken, a call is under way only where one was entered`, () => {
    const { contact, effects } = accepted(waiting({ kind }), taking());
    const isCall = kind === 'voice' || kind === 'video';
    assert.equal(contact.call?.kind ?? null, isCall ? kind : null);
    assert.equal(contact.call?.status ?? null, isCall ? 'connecting' : null);
    assert.equal(deedsOf(effects).filter(({ type }) => type === 'start-attempt').length, isCall ? 1 : 0);
    if (!contact.call) return;
    assert.deepEqual(contact.call.clients, { visitor: 'page', agent: 'desk-anna' });
    assert.equal(contact.call.media.visitor.camera, false, 'their camera waits for their own click');
    assert.equal(contact.call.media.agent.camera, kind === 'video');
  });

Deno.test('C1 a callback wished for later has its turn then, one that is late at once', () => {
  assert.equal(callback(NOW + 3_600_000).waitingSince, NOW + 3_600_000);
  assert.equal(callback(NOW - 1_000).waitingSince, NOW);
  assert.equal(callback(null).waitingSince, NOW);
});

Deno.test('C7 who left word is never given up', () => {
  for (const contact of [callback(), waiting({ kind: 'lead', form: aLead() })]) {
    const { contact: later } = accepted(contact, { type: 'tick', at: NOW + 10 ** 10 });
    assert.equal(later, contact);
  }
});

Deno.test('C7 at the end of the wait it is dissuaded, not before, and not when somebody took it', () => {
  const contact = waiting();
  const at = NOW + 180_000;
  assert.equal(accepted(contact, { type: 'tick', at: at - 1 }).contact, contact);
  const { contact: over, effects } = accepted(contact, { type: 'tick', at });
  assert.equal(over.phase, 'dissuaded');
  assert.equal(contactDeadline(over), null);
  assert.deepEqual(deedsOf(effects), [{ type: 'withdraw', reason: 'dissuaded', by: null }]);
  assert.equal(refused(over, taking()), 'contact.not-waiting');
  const taken = after(contact, taking());
  assert.equal(accepted(taken, { type: 'tick', at }).contact, taken);
});

Deno.test('C7 a dissuaded visitor may wait again, from the end of the line', () => {
  const at = NOW + 500_000;
  const { contact, effects } = accepted(dissuaded(), { type: 'wait', at });
  assert.deepEqual([contact.phase, contact.waitingSince, contact.first], ['waiting', at, false]);
  assert.equal(contact.dissuadeAt, at + 180_000);
  assert.deepEqual(deedsOf(effects), [{ type: 'offer' }]);
  for (const other of [waiting(), assigned()])
    assert.equal(refused(other, { type: 'wait', at }), 'frame.out-of-state');
});

for (const form of [aCallback({ wishedAt: NOW + 7_200_000 }), aLead()])
  for (const [phase, before] of [
    ['waiting', waiting({ kind: 'video' })],
    ['dissuaded', dissuaded({ kind: 'video' })],
  ] as const)
    Deno.test(`C7 C1 ${phase}, a visitor leaves a ${form.kind} instead, and the contact goes on`, () => {
      const { contact, effects } = accepted(before, converting(form));
      assert.deepEqual([contact.id, contact.openedAt], [before.id, before.openedAt]);
      assert.deepEqual([contact.phase, contact.kind, contact.form], ['waiting', form.kind, form]);
      assert.equal(contact.dissuadeAt, null);
      assert.equal(contact.waitingSince, form.kind === 'callback' ? NOW + 7_200_000 : NOW + 60_000);
      const withdraw = { type: 'withdraw', reason: 'converted', by: null } as const;
      assert.deepEqual(deedsOf(effects), [...(phase === 'waiting' ? [withdraw] : []), { type: 'offer' }]);
      assert.deepEqual(
        linesOf(effects).map(({ event, text }) => [event, text]),
        [['contact.converted', form.kind]],
      );
      assert.deepEqual(channelsOf(contact), {
        sharing: 'unavailable',
        chat: 'connecting',
        voice: 'unavailable',
        video: 'unavailable',
      });
      assert.equal(after(contact, taking()).call, null, 'nobody is called unasked');
    });

Deno.test('C1 C4 the name given in a form is the visitor’s in this contact, on the next page too', () => {
  const form = aLead({ name: 'Mrs Lindt' });
  for (const contact of [waiting({ kind: 'lead', form }), after(waiting(), converting(form))]) {
    assert.equal(contact.visitor.name, 'Mrs Lindt');
    const elsewhere = after(contact, { type: 'visit', visitor: aVisitor({ name: 'Visitor 7F' }) });
    assert.equal(elsewhere.visitor.name, 'Mrs Lindt');
  }
  const nameless = after(waiting(), converting(aLead({ name: '' })));
  assert.equal(nameless.visitor.name, aVisitor().name);
});

Deno.test('C1 who changed their mind may change it again', () => {
  const contact = after(waiting(), converting(aLead()), converting(aCallback()));
  assert.equal(contact.kind, 'callback');
});

Deno.test('C7 a visitor who is answered or gone cannot leave word, and hears why', () => {
  assert.equal(refused(assigned(), converting()), 'contact.taken');
  assert.equal(refused(ended(), converting()), 'contact.ended');
});

Deno.test('C2 a callback that was taken can become a call like any other', () => {
  const contact = after(callback(), taking());
  assert.equal(calling(contact, 'voice').call?.status, 'active');
});

Deno.test('C16 a lost agent’s contact stands first and its wait begins anew', () => {
  const lost = after(assigned(), { type: 'away', side: 'agent', at: NOW + 3_600_000 });
  const at = NOW + 3_600_000 + 30_000;
  assert.equal(contactDeadline(lost), at);
  assert.equal(accepted(lost, { type: 'tick', at: at - 1 }).contact, lost);
  const { contact, effects } = accepted(lost, { type: 'tick', at });
  assert.deepEqual([contact.phase, contact.agent, contact.first], ['waiting', null, true]);
  assert.equal(contact.waitingSince, at, 'the ring is empty: this wait has only begun');
  assert.equal(contact.dissuadeAt, at + 180_000);
  assert.deepEqual(deedsOf(effects), [
    { type: 'release', agent: 'anna', reason: 'requeued' },
    { type: 'offer' },
  ]);
  const again = after(contact, taking(BEN, at));
  assert.equal(again.first, false);
});

Deno.test('C16 an agent who is back in time keeps the contact', () => {
  const back = after(assigned(), { type: 'away', side: 'agent', at: NOW }, { type: 'back', side: 'agent' });
  assert.equal(contactDeadline(back), null);
  assert.equal(accepted(back, { type: 'tick', at: NOW + 10 ** 9 }).contact, back);
});

Deno.test('C16 V7 a video contact that lost its agent does not call by itself again', () => {
  const lost = after(
    assigned({ kind: 'video', settings: someSettings({ grace: 0 }) }),
    { type: 'away', side: 'agent', at: NOW },
    { type: 'tick', at: NOW },
  );
  assert.equal(lost.phase, 'waiting');
  assert.equal(after(lost, taking(BEN)).call, null);
});
