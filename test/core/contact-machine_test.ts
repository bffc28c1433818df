import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import type { CallEvent } from '../../core/contact/call.ts';
import { channelsOf } from '../../core/contact/channels.ts';
import type { ContactEffect } from '../../core/contact/contact.ts';
import {
  type Contact,
  type ContactEvent,
  contactDeadline,
  openContact,
  stepContact,
} from '../../core/contact/contact.ts';
import { viewOf } from '../../core/contact/view.ts';
import { contactView } from '../../core/protocol/server-frames.ts';
import { aVisitor } from '../support/contact-sample.ts';

/** Whatever happens to a contact, in whatever order: the rules that must hold after every step. */

type Distribute<T> = T extends unknown ? Omit<T, 'at' | 'call' | 'attempt'> : never;
/** An event still without its time, and told relative to the contact it will meet. */
interface Move {
  readonly event:
    | Distribute<Exclude<ContactEvent, { type: 'call' }>>
    | { type: 'call'; event: Distribute<CallEvent> };
  /** Milliseconds since the move before. */
  readonly wait: number;
  /** Whether it names the running call and attempt, or ones long over. */
  readonly current: boolean;
}

const side = fc.constantFrom('visitor' as const, 'agent' as const);
const client = fc.constantFrom('page1', 'page2', 'page3');
const kind = fc.constantFrom('voice' as const, 'video' as const);
const flags = { voice: fc.boolean(), video: fc.boolean() };
const media = fc.record({ microphone: fc.boolean(), camera: fc.boolean(), sound: fc.boolean() });
const cursor = fc.record({ delivered: fc.nat(20), read: fc.nat(20) });
const ring = fc.integer({ min: 1, max: 60_000 });
const agent = fc.record({ id: fc.constantFrom('anna', 'ben'), name: fc.constant('A'), ...flags });
const just = <T extends string>(type: T) => fc.constant(type);

const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const callEvent = fc.oneof(
  often(6, fc.record({ type: just('ask'), by: side, client, kind, id: fc.uuid(), ring })),
  often(
    6,
    fc.record({
      type: just('answer'),
      by: side,
      client,
      answer: fc.constantFrom('voice', 'video', 'decline'),
    }),
  ),
  often(12, fc.record({ type: just('connected'), by: side, client })),
  often(1, fc.record({ type: just('lost'), by: side, client })),
  often(2, fc.record({ type: just('media'), by: side, client, media })),
  often(1, fc.record({ type: just('drop'), by: fc.option(side) })),
  often(1, fc.record({ type: just('withdraw'), by: side })),
  often(3, fc.record({ type: just('record'), by: side, policy: fc.constantFrom('off', 'ask', 'always') })),
  often(3, fc.record({ type: just('record-answer'), by: side, allow: fc.boolean() })),
  often(1, fc.record({ type: just('record-stop'), by: side })),
  often(1, fc.record({ type: just('client-gone'), side, client })),
  often(2, fc.record({ type: just('client-back'), side, client })),
);
/** Weighted so that most contacts live to see a call through; the rare moves still come in every run. */
const event = fc.oneof(
  often(12, fc.record({ type: just('take'), agent, client })),
  often(6, fc.record({ type: just('wait') })),
  often(1, fc.record({ type: just('end'), by: side })),
  often(2, fc.record({ type: just('close-chat'), by: side })),
  often(4, fc.record({ type: just('reopen-chat') })),
  often(4, fc.record({ type: just('away'), side })),
  often(4, fc.record({ type: just('back'), side })),
  often(2, fc.record({ type: just('agent-switches'), ...flags })),
  often(2, fc.record({ type: just('cursor'), side, cursor })),
  often(6, fc.record({ type: just('tick') })),
  often(60, fc.record({ type: just('call'), event: callEvent })),
);
const move = fc.record({
  event,
  wait: fc.nat(5_000),
  current: fc.nat(9).map((n) => n > 0),
}) as fc.Arbitrary<Move>;
const opening = fc.record({
  kind: fc.constantFrom('chat' as const, 'voice' as const, 'video' as const),
  settings: fc.record({
    ...flags,
    recording: fc.constantFrom('off' as const, 'ask' as const, 'always' as const),
    maxWait: fc.integer({ min: 1, max: 180_000 }),
    grace: fc.nat(60_000),
    ring,
  }),
});

const START = 1_000_000;
const visitor = aVisitor();

function toEvent({ event, current }: Move, contact: Contact, at: number): ContactEvent {
  const call = current && contact.call ? contact.call.id : 'an older call';
  const attempt = current ? (contact.call?.attempt ?? 0) : 0;
  if (event.type !== 'call') return { call: `taken-${at}`, at, ...event } as ContactEvent;
  const who = 'by' in event.event ? event.event.by : 'side' in event.event ? event.event.side : null;
  const holder = current && who && event.event.type !== 'client-back' ? contact.call?.clients[who] : null;
  return {
    type: 'call',
    event: { call, attempt, at, ...event.event, ...(holder ? { client: holder } : {}) },
  } as ContactEvent;
}

/** Plays moves from a new contact and shows every step, with the log of everything that was said. */
function play(
  first: { kind: Contact['kind']; settings: Contact['settings'] },
  moves: readonly Move[],
  check: (
    before: Contact,
    after: Contact,
    effects: readonly ContactEffect[],
    event: ContactEvent,
    at: number,
  ) => void,
): void {
  const service = { id: 'sales', name: 'Sales' };
  let { contact } = openContact({ id: 'c1', service, visitor, client: 'page1', at: START, ...first });
  let at = START;
  for (const next of moves) {
    at += next.wait;
    const happened = toEvent(next, contact, at);
    const step = stepContact(contact, happened);
    if (!step.ok) {
      assert.ok(step.reason.length > 0);
      continue;
    }
    check(contact, step.contact, step.effects, happened, at);
    contact = step.contact;
  }
}

const everyStep = (check: Parameters<typeof play>[2]) =>
  fc.assert(
    fc.property(opening, fc.array(move, { minLength: 40, maxLength: 60, size: 'max' }), (first, moves) =>
      play(first, moves, check),
    ),
    { numRuns: 1_000 },
  );

Deno.test('C2 no sequence of events leads to a contact that contradicts itself', () => {
  everyStep((_, contact) => {
    const { phase, call } = contact;
    assert.equal(contact.dissuadeAt !== null, phase === 'waiting');
    assert.equal(contact.endedAt !== null, phase === 'ended');
    assert.equal(contact.endedBy !== null, phase === 'ended');
    if (phase === 'assigned') assert.ok(contact.agent && contact.takenAt !== null);
    if (phase === 'waiting' || phase === 'dissuaded') assert.equal(contact.agent, null);
    if (call) assert.equal(phase, 'assigned', 'a call only with an agent');
    if (phase === 'assigned' && contact.chatClosed)
      assert.ok(call, 'a contact lives while one channel lives');
    v.parse(contactView, viewOf(contact));
  });
});

Deno.test('C17 ended is final: nothing moves but what was read', () => {
  everyStep((before, after) => {
    if (before.phase !== 'ended') return;
    assert.deepEqual({ ...after, rev: 0, cursors: null }, { ...before, rev: 0, cursors: null });
  });
});

Deno.test('S6 rev rises by one with every change and stands still without', () => {
  everyStep((before, after, effects) => {
    if (after === before) assert.deepEqual(effects, [], 'nothing follows from nothing');
    else assert.equal(after.rev, before.rev + 1);
  });
});

Deno.test('M1 cursors never move back, and nothing is read that was not delivered', () => {
  everyStep((before, after) => {
    for (const who of ['visitor', 'agent'] as const) {
      assert.ok(after.cursors[who].delivered >= before.cursors[who].delivered);
      assert.ok(after.cursors[who].read >= before.cursors[who].read);
      assert.ok(after.cursors[who].read <= after.cursors[who].delivered);
    }
  });
});

Deno.test('C7 a tick at the deadline changes something, a tick before it nothing', () => {
  everyStep((_, contact, __, ___, now) => {
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

Deno.test('C7 ticks come to an end: no deadline is met for ever', () => {
  everyStep((_, contact) => {
    let current = contact;
    for (let ticks = 0; ; ticks++) {
      const at = contactDeadline(current);
      if (at === null) break;
      assert.ok(ticks < 10);
      const step = stepContact(current, { type: 'tick', at });
      assert.ok(step.ok);
      current = step.contact;
    }
    assert.ok(['dissuaded', 'ended', 'assigned'].includes(current.phase));
  });
});

Deno.test('V1 a call is always in one of its three states, with what belongs to it', () => {
  everyStep((_, { call, settings }) => {
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
    assert.ok(settings);
  });
});

Deno.test('V16 attempts of one call only rise, one by one, and none is without a start', () => {
  everyStep((before, after, effects) => {
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
  everyStep((before, after, effects) => {
    const over = before.call !== null && after.call?.id !== before.call.id;
    const lines = effects.flatMap((effect) => (effect.type === 'log' ? [effect.event] : []));
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

Deno.test('C6 the queue is told of every coming and going', () => {
  everyStep((before, after, effects) => {
    const told = (type: ContactEffect['type']) => effects.some((effect) => effect.type === type);
    const entered = before.phase !== 'waiting' && after.phase === 'waiting';
    const left = before.phase === 'waiting' && after.phase !== 'waiting';
    assert.equal(told('offer'), entered);
    assert.equal(told('withdraw'), left);
    assert.equal(told('release'), before.phase === 'assigned' && after.phase === 'waiting');
    if (told('release')) assert.equal(after.first, true);
  });
});

Deno.test('C3 the four channels agree with the contact and its call', () => {
  everyStep((_, contact) => {
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
