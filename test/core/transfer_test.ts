import assert from 'node:assert/strict';
import { contactDeadline } from '../../core/contact/contact.ts';
import type { TransferTarget } from '../../core/contact/model.ts';
import { viewOf, waitingEntryOf } from '../../core/contact/view.ts';
import {
  ANNA,
  accepted,
  after,
  assigned,
  BEN,
  calling,
  connected,
  deedsOf,
  dissuaded,
  ended,
  inCall,
  linesOf,
  NOW,
  namesOf,
  refused,
  TO_BEN,
  TO_SUPPORT,
  taking,
  waiting,
} from '../support/contact-machine.ts';

const offering = (to: TransferTarget, note = 'knows the lamp') =>
  ({ type: 'offer-transfer', to, note, at: NOW }) as const;
const WITHDRAW = { type: 'withdraw-transfer' } as const;
const DECLINE = { type: 'decline-transfer', agent: 'ben', name: 'Ben' } as const;
const offered = (contact = assigned(), to = TO_BEN) => after(contact, offering(to));

Deno.test('C14 an offer leaves the contact with its agent until somebody takes it', () => {
  const before = assigned();
  const { contact, effects } = accepted(before, offering(TO_BEN));
  assert.deepEqual(
    { ...contact, transfer: null, rev: before.rev },
    before,
    'nothing else changes while it is offered',
  );
  assert.deepEqual(contact.transfer, {
    to: TO_BEN,
    note: 'knows the lamp',
    at: NOW,
    until: NOW + before.settings.transfer,
  });
  assert.equal(contactDeadline(contact), NOW + before.settings.transfer);
  assert.deepEqual(deedsOf(effects), [{ type: 'offer' }]);
  const [line] = linesOf(effects);
  assert.deepEqual([line?.event, line?.name, line?.text], ['transfer.offered', 'Anna', 'Ben']);
});

Deno.test('C14 the desk is shown the offer and whom it goes to, the visitor nothing of it', () => {
  const contact = offered();
  assert.deepEqual(viewOf(contact, 'agent').desk?.transfer, {
    to: 'Ben',
    kind: 'agent',
    note: 'knows the lamp',
    until: NOW + 60_000,
  });
  assert.equal(viewOf(contact, 'visitor').desk, null);
  assert.ok(!JSON.stringify(viewOf(contact, 'visitor')).includes('knows the lamp'));
});

Deno.test('C14 whom it is offered to sees it wait under its own time, from whom, and why', () => {
  const at = NOW + 600_000;
  const entry = waitingEntryOf(after(assigned(), { ...offering(TO_BEN), at }), true);
  assert.deepEqual(entry.transfer, { from: 'Anna', note: 'knows the lamp', direct: true });
  assert.deepEqual([entry.waitingSince, entry.dissuadeAt], [at, at + 60_000]);
  const toService = waitingEntryOf(offered(assigned(), TO_SUPPORT), false);
  assert.equal(toService.transfer?.direct, false);
  assert.deepEqual(toService.service, { id: 'support', name: 'Support' });
});

Deno.test('C14 taking it moves the contact: the new agent, no offer, the clock from now', () => {
  const at = NOW + 5_000;
  const before = after(assigned(), { type: 'away', side: 'agent', at: NOW }, offering(TO_BEN));
  const { contact, effects } = accepted(before, taking(BEN, at));
  assert.equal(contact.phase, 'assigned');
  assert.deepEqual(contact.agent, BEN);
  assert.equal(contact.transfer, null);
  assert.equal(contact.takenAt, at);
  assert.equal(contact.away.agent, null, 'whoever took it is there');
  assert.deepEqual(contact.service, before.service, 'an agent takes it within its service');
  assert.deepEqual(deedsOf(effects), [
    { type: 'withdraw', reason: 'taken', by: 'Ben' },
    { type: 'release', agent: 'anna', reason: 'transferred' },
  ]);
  const [line] = linesOf(effects);
  assert.deepEqual([line?.event, line?.name, line?.text], ['contact.transferred', 'Ben', 'Anna']);
});

Deno.test('C14 a transfer to a service brings the settings of that service, and keeps where it was opened', () => {
  const contact = after(offered(assigned(), TO_SUPPORT), taking(BEN));
  assert.deepEqual(contact.service, { id: 'support', name: 'Support' });
  assert.equal(contact.entry, 'sales');
  assert.ok(TO_SUPPORT.kind === 'service');
  assert.deepEqual(contact.settings, TO_SUPPORT.settings);
});

const keeping = [
  ['declined', DECLINE, 'transfer.declined', 'agent', 'Ben'],
  ['withdrawn', WITHDRAW, 'transfer.withdrawn', 'agent', 'Anna'],
  ['not answered in time', { type: 'tick', at: NOW + 60_000 }, 'transfer.expired', null, null],
] as const;
for (const [what, event, line, side, name] of keeping)
  Deno.test(`C14 ${what}, it stays with the agent who offered it`, () => {
    const before = assigned();
    const { contact, effects } = accepted(offered(before), event);
    assert.deepEqual({ ...contact, rev: before.rev }, before);
    assert.deepEqual(
      linesOf(effects).map((logged) => [logged.event, logged.side, logged.name]),
      [[line, side, name]],
    );
    assert.equal(refused(contact, WITHDRAW), 'transfer.out-of-state');
    assert.equal(refused(contact, DECLINE), 'transfer.out-of-state');
    assert.ok(after(contact, offering(TO_SUPPORT)).transfer, 'it may be offered again');
  });

Deno.test('C14 an offer does not run out before its time', () => {
  const contact = offered();
  assert.equal(accepted(contact, { type: 'tick', at: NOW + 59_999 }).contact, contact);
});

Deno.test('C14 what cannot be is refused with its reason', () => {
  assert.equal(refused(waiting(), offering(TO_BEN)), 'contact.not-assigned');
  assert.equal(refused(dissuaded(), offering(TO_BEN)), 'contact.not-assigned');
  assert.equal(refused(ended(), offering(TO_BEN)), 'contact.ended');
  assert.equal(refused(ended(), WITHDRAW), 'contact.ended');
  assert.equal(refused(offered(), offering(TO_SUPPORT)), 'transfer.out-of-state');
  assert.equal(
    refused(assigned(), offering({ kind: 'agent', id: 'anna', name: 'Anna' })),
    'transfer.unavailable',
  );
  assert.equal(refused(assigned(), WITHDRAW), 'transfer.out-of-state');
  assert.equal(
    refused(offered(), { type: 'decline-transfer', agent: 'carla', name: 'Carla' }),
    'transfer.out-of-state',
  );
  assert.equal(refused(offered(assigned(), TO_SUPPORT), DECLINE), 'transfer.out-of-state');
});

Deno.test('C14 C8 only whom it was offered to may take it, and a service is never the sender', () => {
  const CARLA = { ...BEN, id: 'carla', name: 'Carla' };
  assert.equal(refused(offered(), taking(CARLA)), 'contact.taken');
  assert.equal(refused(offered(), taking(ANNA)), 'contact.taken');
  assert.equal(refused(offered(assigned(), TO_SUPPORT), taking(ANNA)), 'contact.taken');
  assert.equal(after(offered(assigned(), TO_SUPPORT), taking(CARLA)).agent?.id, 'carla');
  const moved = after(offered(assigned(), TO_SUPPORT), taking(CARLA));
  assert.equal(refused(moved, taking(BEN)), 'contact.taken', 'the second one is told it is gone');
});

Deno.test('C14 a running call goes along: the next attempt, the new agent’s page, nobody is asked', () => {
  const before = calling(assigned(), 'video');
  const { contact, effects } = accepted(offered(before), taking(BEN, NOW + 9_000));
  const [was, is] = [before.call, contact.call];
  assert.ok(was && is);
  assert.equal(is.id, was.id);
  assert.equal(is.status, 'connecting');
  assert.equal(is.attempt, was.attempt + 1);
  assert.deepEqual(is.clients, { visitor: 'page', agent: 'desk-ben' });
  assert.deepEqual(is.connected, { visitor: false, agent: false });
  assert.equal(is.activeSince, was.activeSince, 'it is one call');
  assert.deepEqual(is.media.visitor, was.media.visitor);
  assert.deepEqual(is.media.agent, was.media.agent);
  assert.equal(deedsOf(effects).filter(({ type }) => type === 'start-attempt').length, 1);
  assert.deepEqual(namesOf(effects), ['contact.transferred']);
  assert.equal(connected(contact).call?.status, 'active');
  const late = { by: 'agent', client: 'desk-anna', call: was.id, at: NOW } as const;
  assert.equal(
    refused(contact, inCall({ type: 'connected', ...late, attempt: is.attempt })),
    'call.not-yours',
  );
});

Deno.test('C14 a hand-over brings back neither a camera that was off nor a page that was gone', () => {
  const before = after(
    calling(assigned(), 'voice'),
    inCall({ type: 'client-gone', side: 'agent', client: 'desk-anna', at: NOW }),
  );
  const { call } = after(offered(before), taking(BEN));
  assert.equal(call?.kind, 'voice');
  assert.equal(call.media.agent.camera, false);
  assert.deepEqual(call.abandonAt, { visitor: null, agent: null });
});

Deno.test('C14 R1 a hand-over stops the recording, whose file the old agent has', () => {
  const recording = after(
    calling(assigned(), 'video'),
    inCall({ type: 'record', by: 'agent', policy: 'always', at: NOW }),
  );
  const { contact, effects } = accepted(offered(recording), taking(BEN, NOW + 7_000));
  assert.equal(contact.call?.recording, null);
  const stopped = linesOf(effects).find(({ event }) => event === 'recording.stopped');
  assert.equal(stopped?.seconds, 7);
  const asked = after(
    calling(assigned(), 'video'),
    inCall({ type: 'record', by: 'agent', policy: 'ask', at: NOW }),
  );
  const quiet = accepted(offered(asked), taking(BEN));
  assert.equal(quiet.contact.call?.recording, null, 'what was asked is void');
  assert.ok(!namesOf(quiet.effects).includes('recording.stopped'), 'and nothing was recorded');
});

Deno.test('C14 a call that still rings, and a picture still asked for, do not outlive a hand-over', () => {
  const ringing = accepted(offered(calling(assigned(), 'video', 'asking')), taking(BEN));
  assert.equal(ringing.contact.call, null);
  assert.deepEqual(namesOf(ringing.effects), ['contact.transferred', 'call.cancelled']);
  assert.ok(!deedsOf(ringing.effects).some(({ type }) => type === 'start-attempt'));
  const upgrading = after(
    calling(assigned(), 'voice'),
    inCall({ type: 'ask', by: 'agent', client: 'desk-anna', kind: 'video', id: 'x', at: NOW, ring: 9_000 }),
  );
  assert.ok(upgrading.call?.upgrade);
  assert.equal(after(offered(upgrading), taking(BEN)).call?.upgrade, null);
});

Deno.test('C14 C16 an agent lost while offering it: first in line, and the offer is void', () => {
  const away = after(offered(), { type: 'away', side: 'agent', at: NOW });
  const { contact, effects } = accepted(away, { type: 'tick', at: NOW + 30_000 });
  assert.deepEqual([contact.phase, contact.first, contact.transfer], ['waiting', true, null]);
  assert.deepEqual(
    deedsOf(effects).map(({ type }) => type),
    ['withdraw', 'release', 'offer'],
    'gone from whom it was offered to before it stands in the queue again',
  );
});

Deno.test('C14 C17 the end takes it from whom it was offered to', () => {
  const { contact, effects } = accepted(offered(), { type: 'end', by: 'visitor', at: NOW });
  assert.equal(contact.transfer, null);
  assert.deepEqual(deedsOf(effects), [{ type: 'withdraw', reason: 'ended', by: null }]);
});
