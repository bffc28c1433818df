import type { Contact } from '../../core/contact/contact.ts';
import type { FileEntry } from '../../core/protocol/server-frames.ts';
import type { Service } from '../config/schema.ts';
import type { Identity } from '../connection.ts';
import { isParty } from './audience.ts';
import { type FileRecord, isEventId } from './contact-log.ts';
import { type Refusal, refuse, unknownContact } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { asParty } from './party.ts';

type Person = Pick<Identity, 'side' | 'id'>;

/** A file as its sender describes it, once its bytes are on disk. */
export type SentFile = Pick<FileEntry, 'id' | 'file' | 'name' | 'mime' | 'size' | 'width' | 'height'>;

export type Admission =
  /** `entry`: the file is in the log already, this is its acknowledgement once more. */
  { readonly ok: true; readonly files: Service['files']; readonly entry: FileEntry | null } | Refusal;

/** What comes and goes over HTTP beside the sockets: files of a contact. */
export interface SentFiles {
  /** Whether the person may send a file into the contact, and within which limits. `id` names the entry of the log. */
  admit(who: Person, contact: string, id: string): Promise<Admission>;
  /** Appends the file once, and tells both sides when it is on disk; gives the entry that has this id. */
  append(
    who: Person,
    contact: string,
    file: SentFile,
  ): Promise<{ readonly ok: true; readonly entry: FileEntry } | Refusal>;
  /**
   * Whether this is an agent who recorded a call of the contact, which may be over or a colleague's by then, and of how many
   * bytes a recording may be; 0: none is kept. `id` names the entry of the log.
   */
  admitRecording(
    who: Person,
    contact: string,
    id: string,
  ): Promise<{ readonly ok: true; readonly maxBytes: number; readonly entry: FileEntry | null } | Refusal>;
  /** Like {@link append}, after the end of the contact, too, and told to agents alone. */
  appendRecording: SentFiles['append'];
  /** Whether the log of the contact tells of the file. */
  has(contact: string, id: string, file: string): Promise<boolean>;
}

const hasRecorded = ({ recordedBy }: Contact, { side, id }: Person): boolean =>
  side === 'agent' && recordedBy.includes(id);

const idTaken = refuse('frame.malformed', 'another entry has this id');

export function createSentFiles(desk: DeskParts): SentFiles {
  const find = async (contact: string, id: string): Promise<FileEntry | null | Refusal> => {
    const entry = await desk.contactLog.find(contact, id);
    return entry === null || entry.kind === 'file' ? entry : idTaken;
  };
  return {
    async admit(who, id, entryId) {
      const contact = await desk.contacts.find(id);
      if (!contact || !isParty(contact, who)) return unknownContact;
      if (isEventId(entryId)) return idTaken;
      const entry = await find(id, entryId);
      if (entry && 'ok' in entry) return entry;
      if (entry && entry.author.id !== who.id) return idTaken;
      if (!entry && contact.phase === 'ended') return refuse('contact.ended', 'the contact has ended');
      const service = desk.roster.service(contact.service.id);
      return { ok: true, files: service?.files ?? { maxBytes: 0, types: [] }, entry };
    },

    append(who, id, file) {
      return desk.contacts.inTurn(id, async (turn) => {
        const opened = await turn.change(asParty(who, () => ({ type: 'reopen-chat' })));
        if (!opened.ok) return opened;
        const { contact } = opened;
        const { id: person, name } = (who.side === 'agent' ? contact.agent : null) ?? contact.visitor;
        const record: FileRecord = {
          kind: 'file',
          at: desk.clock(),
          side: who.side,
          author: { id: person, name },
          ...file,
        };
        const { entry, duplicate } = await desk.contactLog.append(id, record);
        if (entry.kind !== 'file' || entry.author.id !== who.id) return idTaken;
        if (!duplicate) desk.audience.tellEntry(contact, entry);
        if (who.side === 'agent')
          await turn.change(asParty(who, () => ({ type: 'answered', at: record.at })));
        return { ok: true, entry };
      });
    },

    async admitRecording(who, id, entryId) {
      const contact = await desk.contacts.find(id);
      if (!contact || !hasRecorded(contact, who)) return unknownContact;
      if (isEventId(entryId)) return idTaken;
      const entry = await find(id, entryId);
      if (entry && 'ok' in entry) return entry;
      if (entry && entry.author.id !== who.id) return idTaken;
      return { ok: true, maxBytes: desk.roster.service(contact.service.id)?.recordingMaxBytes ?? 0, entry };
    },

    appendRecording(who, id, file) {
      return desk.contacts.inTurn(id, async () => {
        const contact = await desk.contacts.find(id);
        if (!contact || !hasRecorded(contact, who)) return unknownContact;
        const { entry, duplicate } = await desk.contactLog.append(id, {
          kind: 'file',
          at: desk.clock(),
          side: 'agent',
          author: { id: who.id, name: desk.roster.agent(who.id)?.name ?? who.id },
          ...file,
          recording: true,
        });
        if (entry.kind !== 'file' || entry.author.id !== who.id) return idTaken;
        if (!duplicate) desk.audience.tellEntry(contact, entry);
        return { ok: true, entry };
      });
    },

    async has(contact, id, file) {
      const entry = await find(contact, id);
      return entry !== null && !('ok' in entry) && entry.file === file;
    },
  };
}
