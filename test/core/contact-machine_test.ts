import assert from 'node:assert/strict';
import * as v from 'valibot';
import { channelsOf } from '../../core/contact/channels.ts';
import { type Contact, contactDeadline, stepContact } from '../../core/contact/contact.ts';
import { isLiveKind } from '../../core/contact/model.ts';
import type { ContactEffect } from '../../core/contact/step.ts';
import { viewOf, waitingEntryOf } from '../../core/contact/view.ts';
import { contactView, waitingEntry } from '../../core/protocol/server-frames.ts';
import { linesOf } from '../support/contact-machine.ts';
import { everyStep } from '../support/contact-moves.ts';

/** The rules that hold after every step, whatever happens to a contact, in whatever order. */

Deno.test('C2 no sequence of events leads to a contact that contradicts itself', () => {
  everyStep(({ after: contact }) => {
    const { phase, call, kind, form } = contact;
    assert.equal(contact.dissuadeAt !== null, phase === 'waiting' && isLiveKind(kind));
    assert.equal(contact.endedAt !== null, phase === 'ended');
    assert.equal(contact.endedBy !== null, phase === 'ended');
    if (phase === 'assigned') assert.ok(contact.agent && contact.takenAt !== null);
    if (phase === 'waiting' || phase === 'dissuaded') assert.equal(contact.agent, null);
    if (phase === 'dissuaded') assert.ok(isLiveKind(kind), 'who left word is not given up');
    if (call) assert.equal(phase, 'assigned', 'a call only with an agent');
    if (contact.transfer) assert.equal(phase, 'assigned', 'only what somebody has is handed over');
    if (contact.rating) assert.equal(phase, 'ended', 'how it was is known at the end');
    if (contact.chatClosed) assert.ok(call || phase === 'ended', 'a contact lives while one channel lives');
    assert.equal(form?.kind ?? null, isLiveKind(kind) ? null : kind, 'the form belongs to the kind');
  });
});

Deno.test('S9 every contact can be shown to both sides, and what is between agents to them alone', () => {
  everyStep(({ after: contact }) => {
    v.parse(contactView, viewOf(contact, 'agent'));
    assert.equal(v.parse(contactView, viewOf(contact, 'visitor')).desk, null);
    if (contact.phase === 'waiting' || contact.transfer)
      v.parse(waitingEntry, waitingEntryOf(contact, false));
  });
});

Deno.test('C17 ended is final: nothing moves but what was read, and how it was', () => {
  everyStep(({ before, after }) => {
    if (before.phase !== 'ended') return;
    const still = (contact: Contact) => ({ ...contact, rev: 0, cursors: null, rating: null });
    assert.deepEqual(still(after), still(before));
  });
});

Deno.test('S6 rev rises by one with every change and stands still without', () => {
  everyStep(({ before, after, effects }) => {
    if (after === before) assert.deepEqual(effects, [], 'nothing follows from nothing');
    else assert.equal(after.rev, before.rev + 1);
  });
});

Deno.test('M1 cursors never move back, and nothing is read that was not delivered', () => {
  everyStep(({ before, after }) => {
    for (const who of ['visitor', 'agent'] as const) {
      assert.ok(after.cursors[who].delivered >= before.cursors[who].delivered);
      assert.ok(after.cursors[who].read >= before.cursors[who].read);
      assert.ok(after.cursors[who].read <= after.cursors[who].delivered);
    }
  });
});

Deno.test('C7 a tick at the deadline changes something, a tick before it nothing', () => {
  everyStep(({ after: contact, at: now }) => {
    const deadline = contactDeadline(contact);
    if (contact.phase === 'ended') assert.equal(deadline, null);
    const tick = (at: number) => stepContact(contact, { type: 'tick', at });
    const early = tick(deadline === null ? now + 10 ** 9 : deadline - 1);
    assert.ok(early.ok && early.contact === contact);
    if (deadline === null) return;
    const due = tick(deadline);
    assert.ok(due.ok && due.contact !== contact);
  });
});

Deno.test('C7 ticks come to an end: no deadline is met for ever, none lies behind another', () => {
  everyStep(({ after: contact }) => {
    let current = contact;
    let former = 0;
    for (let ticks = 0; ; ticks++) {
      const at = contactDeadline(current);
      if (at === null) break;
      assert.ok(ticks < 10);
      assert.ok(at >= former);
      former = at;
      const step = stepContact(current, { type: 'tick', at });
      assert.ok(step.ok);
      current = step.contact;
    }
    if (current.phase === 'waiting')
      assert.ok(!isLiveKind(current.kind), 'only who left word waits for ever');
  });
});

Deno.test('V1 a call is always in one of its three states, with what belongs to it', () => {
  everyStep(({ after: { call } }) => {
    if (!call) return;
    if (call.status === 'asking') {
      assert.equal(call.attempt, 1, 'the first one is prepared while it rings');
      assert.deepEqual([call.upgrade, call.activeSince, call.recording], [null, null, null]);
      assert.ok(call.clients[call.askedBy] !== null);
    } else {
      assert.ok(call.attempt >= 1);
      assert.ok(call.clients.visitor !== null && call.clients.agent !== null);
    }
    const both = call.connected.visitor && call.connected.agent;
    assert.equal(call.status === 'active', both);
    if (call.status === 'active') assert.notEqual(call.activeSince, null);
    if (call.upgrade || call.recording) assert.notEqual(call.activeSince, null);
    if (call.upgrade) assert.equal(call.kind, 'voice');
  });
});

Deno.test('V16 attempts of one call only rise, one by one, and none is without a start', () => {
  everyStep(({ before, after, effects }) => {
    const started = effects.filter(({ type }) => type === 'start-attempt').length;
    const former = before.call?.id === after.call?.id ? (before.call?.attempt ?? 0) : 0;
    const attempt = after.call?.attempt ?? 0;
    assert.ok(started <= (after.call ? 1 : 0));
    assert.ok(attempt === former || attempt === former + 1 || !after.call);
    const answered = before.call?.status === 'asking' && after.call?.status === 'connecting';
    if (after.call && (attempt > former || answered)) assert.equal(started, 1);
  });
});

Deno.test('V15 every call that was asked for has one end in the log, and its length if it had started', () => {
  const ends = ['call.declined', 'call.missed', 'call.cancelled', 'call.ended'];
  everyStep(({ before, after, effects }) => {
    const over = before.call !== null && after.call?.id !== before.call.id;
    const lines = linesOf(effects);
    const endings = lines.filter(({ event }) => ends.includes(event));
    if (over) {
      assert.equal(endings.length, 1);
      assert.equal(endings[0]?.event === 'call.ended', before.call?.activeSince !== null);
      assert.equal(endings[0]?.seconds !== null, endings[0]?.event === 'call.ended');
    }
    const starts = lines.filter(({ event }) => event === 'call.started').length;
    const began = before.call?.activeSince == null && after.call?.activeSince != null ? 1 : 0;
    assert.equal(starts, began);
  });
});

Deno.test('C6 C14 the queue is told of every coming and going', () => {
  everyStep(({ before, after, effects, event }) => {
    const told = (type: ContactEffect['type']) => effects.filter((effect) => effect.type === type).length;
    if (after === before) return assert.deepEqual(effects, []);
    const [was, is] = [before.phase === 'waiting', after.phase === 'waiting'];
    const converted = event.type === 'convert';
    const offered = after.transfer && !before.transfer;
    assert.equal(told('offer'), Number((is && !was) || converted || offered));
    // What an agent gave up handing over, was declined or ran out, says so in its own line.
    const kept = before.transfer && after.agent && after.agent === before.agent && after.phase === 'assigned';
    const left = (was && !is) || (was && converted) || (before.transfer && !after.transfer && !kept);
    assert.equal(told('withdraw'), Number(left));
  });
});

Deno.test('C16 C14 an agent is told of every contact that is no longer theirs', () => {
  everyStep(({ before, after, effects }) => {
    const released = effects.flatMap((effect) => (effect.type === 'release' ? [effect] : []));
    const lost = before.agent !== null && before.phase === 'assigned' && after.agent?.id !== before.agent.id;
    assert.equal(released.length, Number(lost));
    const [release] = released;
    if (!release) return;
    assert.equal(release.agent, before.agent?.id);
    const requeued = after.phase === 'waiting';
    assert.equal(release.reason, requeued ? 'requeued' : 'transferred');
    if (requeued) assert.equal(after.first, true);
  });
});

Deno.test('C14 only who was offered it takes what another has, and then the offer is over', () => {
  everyStep(({ before, after, event }) => {
    if (before.transfer && after.transfer) assert.deepEqual(after.transfer, before.transfer);
    if (event.type !== 'take') return;
    assert.ok(before.phase === 'waiting' || before.transfer);
    assert.equal(after.transfer, null);
    const { transfer } = before;
    if (!transfer) return;
    assert.equal(after.openedAt, before.openedAt);
    assert.equal(after.entry, before.entry);
    if (transfer.to.kind === 'agent') assert.equal(event.agent.id, transfer.to.id);
    else if (after.phase === 'assigned') assert.equal(after.service.id, transfer.to.id);
    assert.notEqual(event.agent.id, before.agent?.id);
  });
});

Deno.test('C3 the four channels agree with the contact and its call', () => {
  everyStep(({ after: contact }) => {
    const { phase, call } = contact;
    const channels = channelsOf(contact);
    assert.equal(channels.sharing, 'unavailable');
    assert.equal(channels.voice === 'active', call?.status === 'active');
    assert.equal(channels.video === 'active', call?.status === 'active' && call.kind === 'video');
    assert.equal(channels.chat === 'active', phase === 'assigned' && !contact.chatClosed);
    if (phase === 'ended' || phase === 'dissuaded')
      for (const state of Object.values(channels)) assert.equal(state, 'unavailable');
    if (phase === 'waiting') assert.equal(channels.chat, 'connecting');
    for (const name of ['voice', 'video'] as const) {
      if (channels[name] === 'available') {
        assert.ok(contact.settings[name], 'only what the service offers');
        const asked = stepContact(contact, {
          type: 'call',
          event: {
            type: 'ask',
            by: 'agent',
            client: call?.clients.agent ?? 'page1',
            kind: name,
            id: 'x',
            at: 0,
            ring: 1,
          },
        });
        assert.ok(asked.ok && asked.contact !== contact, 'what is available can be asked for');
      }
    }
  });
});
