import type { CallEvent } from '../../core/contact/call.ts';
import { otherSide } from '../../core/contact/model.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { Connection } from '../connection.ts';
import { isParty } from './audience.ts';
import { done, type Outcome, refuse, unknownContact } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { asParty } from './party.ts';

type Frame<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;

export function requestChannel(
  desk: DeskParts,
  from: Connection,
  frame: Frame<'channel.request'>,
): Promise<Outcome> {
  const call = desk.ids();
  return desk.contacts.change(
    frame.contact,
    asParty(from, ({ settings }) => ({
      type: 'call',
      event: {
        type: 'ask',
        by: from.side,
        client: from.client,
        kind: frame.channel,
        id: call,
        at: desk.clock(),
        ring: settings.ring,
      },
    })),
  );
}

/** Closing the chat leaves the call, hanging up leaves the chat, a picture asked for in vain leaves the voice. */
export function dropChannel(
  desk: DeskParts,
  from: Connection,
  frame: Frame<'channel.drop'>,
): Promise<Outcome> {
  return desk.contacts.change(
    frame.contact,
    asParty(from, ({ call }) => {
      const by = { by: from.side, at: desk.clock() };
      if (frame.channel === 'chat') return { type: 'close-chat', ...by };
      if (frame.channel === 'video' && call?.kind === 'voice')
        return { type: 'call', event: { type: 'withdraw', by: from.side } };
      return { type: 'call', event: { type: 'drop', ...by } };
    }),
  );
}

export function answerCall(desk: DeskParts, from: Connection, frame: Frame<'call.answer'>): Promise<Outcome> {
  const { call, answer } = frame;
  return step(desk, from, frame.contact, {
    type: 'answer',
    by: from.side,
    client: from.client,
    call,
    answer,
    at: desk.clock(),
  });
}

export function reportCall(
  desk: DeskParts,
  from: Connection,
  frame: Frame<'call.connected'> | Frame<'call.lost'> | Frame<'call.media'>,
): Promise<Outcome> {
  const { call } = frame;
  const by = { by: from.side, client: from.client, call };
  switch (frame.type) {
    case 'call.connected':
      return step(desk, from, frame.contact, {
        type: 'connected',
        ...by,
        attempt: frame.attempt,
        at: desk.clock(),
      });
    case 'call.lost':
      return step(desk, from, frame.contact, { type: 'lost', ...by, attempt: frame.attempt });
    case 'call.media':
      return step(desk, from, frame.contact, { type: 'media', ...by, media: frame.media });
  }
}

/** The answerer of an attempt waits at the broker: the caller may dial. */
export async function dial(desk: DeskParts, from: Connection, frame: Frame<'call.ready'>): Promise<Outcome> {
  const contact = await desk.contacts.find(frame.contact);
  if (!contact || !isParty(contact, from)) return unknownContact;
  const { call } = contact;
  if (call?.id !== frame.call) return refuse('call.unknown', 'this call is over');
  if (call.clients[from.side] !== from.client) return refuse('call.not-yours', 'another window holds it');
  if (call.askedBy === from.side) return refuse('frame.out-of-state', 'the caller dials, the answerer waits');
  // Word of an attempt that was given up since.
  if (call.attempt !== frame.attempt) return done;
  const { id, attempt } = call;
  const word = { type: 'call.dial', contact: contact.id, call: id, attempt } as const;
  desk.audience.passToHolder(contact, otherSide(from.side), word);
  return done;
}

export function requestRecording(desk: DeskParts, from: Connection, contact: string): Promise<Outcome> {
  return desk.contacts.change(
    contact,
    asParty(from, ({ settings }) => ({
      type: 'call',
      event: { type: 'record', by: from.side, policy: settings.recording, at: desk.clock() },
    })),
  );
}

export function answerRecording(
  desk: DeskParts,
  from: Connection,
  contact: string,
  allow: boolean,
): Promise<Outcome> {
  return step(desk, from, contact, { type: 'record-answer', by: from.side, allow, at: desk.clock() });
}

export function stopRecording(desk: DeskParts, from: Connection, contact: string): Promise<Outcome> {
  return step(desk, from, contact, { type: 'record-stop', by: from.side, at: desk.clock() });
}

const step = (
  desk: DeskParts,
  from: Connection,
  contact: string,
  event: Exclude<CallEvent, { type: 'tick' }>,
): Promise<Outcome> =>
  desk.contacts.change(
    contact,
    asParty(from, () => ({ type: 'call', event })),
  );
