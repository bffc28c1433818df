import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CallEvent } from '../../core/contact/call.ts';
import { type Contact, type ContactEvent, stepContact } from '../../core/contact/contact.ts';
import type { ContactSettings } from '../../core/contact/model.ts';
import { type Opening, openContact } from '../../core/contact/opening.ts';
import type { ContactEffect } from '../../core/contact/step.ts';
import { aCallback, aLead, anOpening, NOW } from './contact-machine.ts';
import { aVisitor } from './contact-sample.ts';

/** Whatever may happen to a contact, in whatever order, for rules that hold after every step. */

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

/** One step that was accepted. */
export interface Step {
  readonly before: Contact;
  readonly after: Contact;
  readonly effects: readonly ContactEffect[];
  readonly event: ContactEvent;
  readonly at: number;
}

const side = fc.constantFrom('visitor' as const, 'agent' as const);
const client = fc.constantFrom('page1', 'page2', 'page3');
const kind = fc.constantFrom('voice' as const, 'video' as const);
const flags = { voice: fc.boolean(), video: fc.boolean() };
const media = fc.record({
  microphone: fc.boolean(),
  camera: fc.boolean(),
  sound: fc.boolean(),
  screen: fc.boolean(),
});
const abilities = fc.record(flags);
const permission = fc.constantFrom('granted' as const, 'prompt' as const, 'denied' as const);
const permissions = fc.record({ microphone: permission, camera: permission });
const cursor = fc.record({ delivered: fc.nat(20), read: fc.nat(20) });
const ring = fc.integer({ min: 1, max: 60_000 });
const agentId = fc.constantFrom('anna', 'ben');
const agent = fc.record({
  id: agentId,
  name: fc.constant('A'),
  picture: fc.constant(null),
  ...flags,
  mayVideo: fc.boolean(),
});
const settings: fc.Arbitrary<ContactSettings> = fc.record({
  ...flags,
  audioFirst: fc.boolean(),
  bitrate: fc.constantFrom('low', 'high', 'free'),
  selfView: fc.constantFrom('left', 'right'),
  files: fc.record({ maxBytes: fc.nat(1_000), types: fc.constant(['text/plain']) }),
  recording: fc.constantFrom('off' as const, 'ask' as const, 'always' as const),
  maxWait: fc.integer({ min: 1, max: 180_000 }),
  grace: fc.nat(60_000),
  ring,
  transfer: fc.integer({ min: 1, max: 60_000 }),
});
const form = fc.oneof(
  fc.option(fc.integer({ min: NOW - 10_000, max: NOW + 200_000 })).map((wishedAt) => aCallback({ wishedAt })),
  fc.constantFrom('', 'Is it still there?').map((text) => aLead({ text })),
);
const target = fc.oneof(
  fc.record({ kind: fc.constant('agent' as const), id: agentId, name: fc.constant('A') }),
  fc.record({
    kind: fc.constant('service' as const),
    id: fc.constantFrom('sales', 'support'),
    name: fc.constant('S'),
    settings,
  }),
);
const rating = fc.record({ score: fc.integer({ min: 1, max: 5 }), comment: fc.constantFrom('', 'Quick') });
const colour = fc.option(fc.constantFrom('red', 'blue'));
const visitor = fc
  .constantFrom('/', '/lamps')
  .map((path) => aVisitor({ page: { url: `https://shop.example${path}`, title: 'Shop', referrer: '' } }));
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
  often(12, fc.record({ type: just('take'), agent, abilities: fc.option(abilities), client })),
  often(6, fc.record({ type: just('wait') })),
  often(2, fc.record({ type: just('convert'), form })),
  often(1, fc.record({ type: just('end'), by: side })),
  often(2, fc.record({ type: just('rate'), rating })),
  often(1, fc.record({ type: just('colour'), colour })),
  often(5, fc.record({ type: just('offer-transfer'), to: target, note: fc.constant('') })),
  often(1, fc.record({ type: just('decline-transfer'), agent: agentId, name: fc.constant('A') })),
  often(1, fc.record({ type: just('withdraw-transfer') })),
  often(2, fc.record({ type: just('answered') })),
  often(1, fc.record({ type: just('push-link'), url: fc.constant('https://shop.example/') })),
  often(1, fc.record({ type: just('link-consent'), allow: fc.boolean() })),
  often(1, fc.record({ type: just('abilities'), side, abilities })),
  often(1, fc.record({ type: just('permissions'), permissions })),
  often(1, fc.record({ type: just('moving') })),
  often(1, fc.record({ type: just('idle'), since: fc.option(fc.constant(NOW)) })),
  often(1, fc.record({ type: just('visit'), visitor })),
  often(2, fc.record({ type: just('close-chat'), by: side })),
  often(4, fc.record({ type: just('reopen-chat') })),
  often(4, fc.record({ type: just('away'), side })),
  often(4, fc.record({ type: just('back'), side })),
  often(2, fc.record({ type: just('agent-switches'), ...flags, mayVideo: fc.boolean() })),
  often(2, fc.record({ type: just('cursor'), side, cursor })),
  often(6, fc.record({ type: just('tick') })),
  often(60, fc.record({ type: just('call'), event: callEvent })),
);
const move = fc.record({
  event,
  wait: fc.nat(5_000),
  current: fc.nat(9).map((n) => n > 0),
}) as fc.Arbitrary<Move>;

/** Mostly visitors who wait at the page, now and then one who left word. */
const opening: fc.Arbitrary<Opening> = fc
  .record({
    settings,
    entered: fc.oneof(
      often(
        8,
        fc.constantFrom('chat' as const, 'voice' as const, 'video' as const).map((kind) => ({
          kind,
          form: null,
        })),
      ),
      often(
        1,
        form.map((form) => ({ kind: form.kind, form })),
      ),
    ),
  })
  .map(({ settings, entered }) => anOpening({ settings, ...entered, client: 'page1' }));

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

/** Plays moves from a new contact; gives every step that was accepted. A refusal must say why. */
function play(first: Opening, moves: readonly Move[]): { opened: Contact; steps: readonly Step[] } {
  const opened = openContact(first).contact;
  let contact = opened;
  let at = first.at;
  const steps: Step[] = [];
  for (const next of moves) {
    at += next.wait;
    const event = toEvent(next, contact, at);
    const step = stepContact(contact, event);
    if (!step.ok) {
      assert.ok(step.reason.length > 0);
      continue;
    }
    steps.push({ before: contact, after: step.contact, effects: step.effects, event, at });
    contact = step.contact;
  }
  return { opened, steps };
}

/** Checks whole lives of contacts. */
export const everyLife = (
  check: (opened: Contact, steps: readonly Step[]) => void,
  { numRuns = 1_000 } = {},
): void =>
  fc.assert(
    fc.property(opening, fc.array(move, { minLength: 40, maxLength: 60, size: 'max' }), (first, moves) => {
      const { opened, steps } = play(first, moves);
      check(opened, steps);
    }),
    { numRuns },
  );

/** Checks every step of every life. */
export const everyStep = (check: (step: Step) => void): void =>
  everyLife((_, steps) => {
    for (const step of steps) check(step);
  });
