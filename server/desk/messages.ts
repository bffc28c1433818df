import { otherSide } from '../../core/contact/model.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { Connection } from '../connection.ts';
import { isParty, personOn } from './audience.ts';
import { isEventId, type MessageRecord } from './contact-log.ts';
import { done, type Outcome, type Refusal, refuse, unknownContact } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { asParty } from './party.ts';

type Frame<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;

/** Appends a message once, however often it is sent, and tells both sides when it is on disk. */
export function sendMessage(
  desk: DeskParts,
  from: Connection,
  frame: Frame<'message.send'>,
): Promise<Outcome> {
  const { contact: id, id: message, text } = frame;
  if (isEventId(message))
    return Promise.resolve(refuse('frame.malformed', 'ids of this form are the server’s'));
  return desk.contacts.inTurn(id, async (turn) => {
    const opened = await turn.change(asParty(from, () => ({ type: 'reopen-chat' })));
    if (!opened.ok) return opened.code === 'contact.ended' ? acknowledge(desk, from, frame, opened) : opened;
    const { contact } = opened;
    const author = { id: from.id, name: from.name };
    const record: MessageRecord = {
      id: message,
      at: desk.clock(),
      kind: 'message',
      side: from.side,
      author,
      text,
    };
    const { entry, duplicate } = await desk.contactLog.append(id, record);
    const hearers = duplicate ? [from] : desk.audience.parties(contact);
    desk.hub.send(hearers, { type: 'log.appended', contact: id, entry });
    return done;
  });
}

/** A message that was in time, but whose acknowledgement got lost, is acknowledged even after the end. */
async function acknowledge(
  desk: DeskParts,
  from: Connection,
  { contact, id }: Frame<'message.send'>,
  refusal: Refusal,
): Promise<Outcome> {
  const entry = await desk.contactLog.find(contact, id);
  if (!entry) return refusal;
  desk.hub.send([from], { type: 'log.appended', contact, entry });
  return done;
}

export async function readLog(desk: DeskParts, from: Connection, frame: Frame<'log.read'>): Promise<Outcome> {
  const contact = await desk.contacts.find(frame.contact);
  if (!contact || !isParty(contact, from)) return unknownContact;
  const position = { epoch: desk.store.epoch, offset: frame.after };
  desk.hub.send([from], await desk.contactLog.page(contact.id, position));
  return done;
}

export async function moveCursor(
  desk: DeskParts,
  from: Connection,
  frame: Frame<'cursor.move'>,
): Promise<Outcome> {
  // A cursor beyond the end would mark as read what is not written yet.
  const head = await desk.contactLog.head(frame.contact);
  const cursor = { delivered: Math.min(frame.delivered, head), read: Math.min(frame.read, head) };
  return desk.contacts.change(
    frame.contact,
    asParty(from, () => ({ type: 'cursor', side: from.side, cursor })),
  );
}

/** Passes on that a side writes. Never stored. */
export async function passTyping(
  desk: DeskParts,
  from: Connection,
  frame: Frame<'typing.set'>,
): Promise<Outcome> {
  const contact = await desk.contacts.find(frame.contact);
  if (!contact || !isParty(contact, from)) return unknownContact;
  if (contact.phase === 'ended') return refuse('contact.ended', 'the contact has ended');
  const other = otherSide(from.side);
  const person = personOn(contact, other);
  if (person !== null)
    desk.hub.send(desk.hub.of(other, person), {
      type: 'typing',
      contact: contact.id,
      side: from.side,
      on: frame.on,
    });
  return done;
}
