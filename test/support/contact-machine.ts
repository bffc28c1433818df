import assert from 'node:assert/strict';
import type { CallEvent } from '../../core/contact/call.ts';
import { type Contact, type ContactEvent, stepContact } from '../../core/contact/contact.ts';
import type {
  AssignedAgent,
  ContactSettings,
  LoggedEvent,
  TransferTarget,
} from '../../core/contact/model.ts';
import { type Opening, openContact } from '../../core/contact/opening.ts';
import type { ContactEffect } from '../../core/contact/step.ts';
import type { CallbackForm, LeadForm } from '../../core/protocol/schemas.ts';
import { aVisitor } from './contact-sample.ts';

/** Contacts brought to a state by the machine itself, for tests that begin there. Time stands at `NOW` unless told. */

export const NOW = 1_000_000;

export const someSettings = (change: Partial<ContactSettings> = {}): ContactSettings => ({
  voice: true,
  video: true,
  recording: 'ask',
  maxWait: 180_000,
  grace: 30_000,
  ring: 45_000,
  audioFirst: false,
  bitrate: 'free',
  selfView: 'right',
  files: { maxBytes: 1_000, types: ['text/plain'] },
  transfer: 60_000,
  ...change,
});

const agent = (id: string, name: string): AssignedAgent => ({
  id,
  name,
  picture: null,
  voice: true,
  video: true,
  mayVideo: true,
});
export const ANNA = agent('anna', 'Anna');
export const BEN = agent('ben', 'Ben');
export const TO_BEN: TransferTarget = { kind: 'agent', id: 'ben', name: 'Ben' };
export const TO_SUPPORT: TransferTarget = {
  kind: 'service',
  id: 'support',
  name: 'Support',
  settings: someSettings({ recording: 'off', grace: 5_000 }),
};

export const aCallback = (change: Partial<CallbackForm> = {}): CallbackForm => ({
  kind: 'callback',
  name: 'Vera',
  number: '+493012345',
  wishedAt: null,
  zone: 'Europe/Berlin',
  text: '',
  ...change,
});
export const aLead = (change: Partial<LeadForm> = {}): LeadForm => ({
  kind: 'lead',
  name: 'Vera',
  email: 'vera@example.com',
  number: '',
  text: 'Is it still there?',
  ...change,
});

export const anOpening = (change: Partial<Opening> = {}): Opening => ({
  id: 'c1',
  service: { id: 'sales', name: 'Sales' },
  kind: 'chat',
  form: null,
  settings: someSettings(),
  visitor: aVisitor(),
  abilities: { voice: true, video: true },
  permissions: null,
  preferred: null,
  colour: null,
  client: 'page',
  at: NOW,
  ...change,
});

export const taking = (
  agent: AssignedAgent = ANNA,
  at = NOW,
  client = `desk-${agent.id}`,
): Extract<ContactEvent, { type: 'take' }> => ({
  type: 'take',
  agent,
  abilities: { voice: true, video: true },
  client,
  call: 'call-1',
  at,
});
export const inCall = (event: Exclude<CallEvent, { type: 'tick' }>): ContactEvent => ({
  type: 'call',
  event,
});

/** What an accepted event makes of a contact; fails the test when it is refused. */
export function accepted(contact: Contact, event: ContactEvent) {
  const step = stepContact(contact, event);
  assert.ok(step.ok, `${event.type} was refused: ${step.ok || step.reason}`);
  return step;
}

/** The code with which an event is refused; fails the test when it is not. */
export function refused(contact: Contact, event: ContactEvent): string {
  const step = stepContact(contact, event);
  assert.ok(!step.ok, `${event.type} was not refused`);
  assert.match(step.reason, /^[a-zA-Z].*[^.]$/, 'a reason is the end of a sentence');
  return step.code;
}

/** The contact after all these events, each accepted. */
export const after = (contact: Contact, ...events: readonly ContactEvent[]): Contact =>
  events.reduce((now, event) => accepted(now, event).contact, contact);

export const waiting = (change: Partial<Opening> = {}): Contact => openContact(anOpening(change)).contact;
export const assigned = (change: Partial<Opening> = {}): Contact => after(waiting(change), taking());
export const ended = (change: Partial<Opening> = {}): Contact =>
  after(assigned(change), { type: 'end', by: 'visitor', at: NOW });
export const dissuaded = (change: Partial<Opening> = {}): Contact => {
  const contact = waiting(change);
  return after(contact, { type: 'tick', at: contact.dissuadeAt ?? NOW });
};

/** With a call that Anna asked for, or that is connected on both sides. */
export function calling(
  contact: Contact,
  kind: 'voice' | 'video',
  status: 'asking' | 'connecting' | 'active' = 'active',
): Contact {
  const asked = after(
    contact,
    inCall({ type: 'ask', by: 'agent', client: 'desk-anna', kind, id: 'call-2', at: NOW, ring: 45_000 }),
  );
  if (status === 'asking') return asked;
  const answered = after(
    asked,
    inCall({ type: 'answer', by: 'visitor', client: 'page', call: 'call-2', answer: kind, at: NOW }),
  );
  return status === 'connecting' ? answered : connected(answered);
}

/** Both sides report the media of the running attempt. */
export function connected(contact: Contact, at = NOW): Contact {
  const { call } = contact;
  assert.ok(call);
  return (['visitor', 'agent'] as const).reduce(
    (now, by) =>
      after(
        now,
        inCall({
          type: 'connected',
          by,
          client: call.clients[by] ?? '',
          call: call.id,
          attempt: call.attempt,
          at,
        }),
      ),
    contact,
  );
}

/** Lines the effects write into the conversation. */
export const linesOf = (effects: readonly ContactEffect[]): LoggedEvent[] =>
  effects.flatMap((effect) => (effect.type === 'log' ? [effect.event] : []));
/** Names of those lines. */
export const namesOf = (effects: readonly ContactEffect[]): string[] =>
  linesOf(effects).map(({ event }) => event);
/** The effects that are no lines. */
export const deedsOf = (effects: readonly ContactEffect[]): ContactEffect[] =>
  effects.filter(({ type }) => type !== 'log');
