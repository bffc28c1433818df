import type { Contact } from '../../core/contact/contact.ts';
import { otherSide } from '../../core/contact/model.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { LogEntry } from '../../core/protocol/server-frames.ts';
import type { Connection } from '../connection.ts';
import { isParty } from './audience.ts';
import { isEventId, type MessageRecord, type NoteRecord } from './contact-log.ts';
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
  if (isEventId(message)) return Promise.resolve(idReserved);
  return desk.contacts.inTurn(id, async (turn) => {
    const opened = await turn.change(asParty(from, () => ({ type: 'reopen-chat' })));
    if (!opened.ok) return acknowledge(desk, from, frame, opened);
    const { contact } = opened;
    const { side } = from;
    const author = { id: from.id, name: side === 'visitor' ? contact.visitor.name : from.name };
    const record: MessageRecord = { id: message, at: desk.clock(), kind: 'message', side, author, text };
    const written = await write(desk, from, contact, record);
    if (written.ok && side === 'agent')
      await turn.change(asParty(from, () => ({ type: 'answered', at: record.at })));
    return written;
  });
}

/** Appends a note for agents once, however often it is sent. */
export function addNote(desk: DeskParts, from: Connection, frame: Frame<'note.add'>): Promise<Outcome> {
  const { contact: id, id: note, text } = frame;
  if (isEventId(note)) return Promise.resolve(idReserved);
  return desk.contacts.inTurn(id, async (turn) => {
    const found = await turn.change(asParty(from, ({ phase }) => (phase === 'ended' ? hasEnded : null)));
    if (!found.ok) return acknowledge(desk, from, frame, found);
    const author = { id: from.id, name: from.name };
    return write(desk, from, found.contact, { id: note, at: desk.clock(), kind: 'note', author, text });
  });
}

/** Resolves when the entry is on disk and those it concerns are told: all when it is new, else who sent it again. */
async function write(
  desk: DeskParts,
  from: Connection,
  contact: Contact,
  record: MessageRecord | NoteRecord,
): Promise<Outcome> {
  const { entry, duplicate } = await desk.contactLog.append(contact.id, record);
  if (!duplicate) desk.audience.tellEntry(contact, entry);
  else if (entry.kind === 'hidden') return hasEnded;
  else if (isBy(from, entry)) from.reply({ type: 'log.appended', contact: contact.id, entry });
  else return refuse('frame.malformed', 'another entry has this id');
  return done;
}

/** What was in time, but whose acknowledgement got lost, is acknowledged even after the end, or when a colleague has it. */
async function acknowledge(
  desk: DeskParts,
  from: Connection,
  { contact, id }: Frame<'message.send'> | Frame<'note.add'>,
  refusal: Refusal,
): Promise<Outcome> {
  // To a stranger the contact does not exist, whatever they know of it; only agents lose one.
  if (refusal.code === 'contact.unknown' && from.side !== 'agent') return refusal;
  const entry =
    refusal.code === 'contact.ended'
      ? await close(desk, contact, id)
      : await desk.contactLog.find(contact, id);
  if (!entry || !isBy(from, entry)) return refusal;
  from.reply({ type: 'log.appended', contact, entry });
  return done;
}

/**
 * Gives what was written under an id before the contact ended; null: nothing, and never will be. An instance that is slow may
 * still be about to write what the sender, once refused, takes elsewhere: of the two, whoever writes first decides.
 */
async function close(desk: DeskParts, id: string, message: string): Promise<LogEntry | null> {
  if (!desk.store.isShared) return await desk.contactLog.find(id, message);
  const record = { id: message, at: desk.clock(), kind: 'hidden' } as const;
  const { entry, duplicate } = await desk.contactLog.append(id, record);
  const contact = duplicate ? null : await desk.contacts.find(id);
  if (contact) desk.audience.tellEntry(contact, entry);
  return duplicate ? entry : null;
}

const idReserved = refuse('frame.malformed', 'ids of this form are the server’s');
const hasEnded = refuse('contact.ended', 'the contact has ended');

/** Whether the sender wrote the entry: anybody else’s may be none of their business. */
const isBy = ({ id }: Connection, entry: LogEntry): boolean =>
  (entry.kind === 'message' || entry.kind === 'note') && entry.author.id === id;

export async function readLog(desk: DeskParts, from: Connection, frame: Frame<'log.read'>): Promise<Outcome> {
  const contact = await desk.contacts.find(frame.contact);
  if (!contact || !isParty(contact, from)) return unknownContact;
  const position = { epoch: desk.store.epoch, offset: frame.after };
  from.reply(await desk.contactLog.page(contact.id, position, from.side));
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
  const { side } = from;
  const { on, text } = frame;
  const preview =
    side === 'visitor' && on && text !== undefined && isPreviewed(desk, contact) ? { text } : {};
  desk.audience.pass(contact, otherSide(side), { type: 'typing', contact: contact.id, side, on, ...preview });
  return done;
}

/** Whether agents see what is typed: where both the service that told the visitor and the one that answers say so. */
const isPreviewed = ({ roster }: DeskParts, { entry, service }: Contact): boolean =>
  [entry, service.id].every((id) => roster.service(id)?.typingPreview);
