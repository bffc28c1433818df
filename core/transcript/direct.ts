import type { FileEntry, MessageEntry } from '../protocol/server-frames.ts';
import type { Transcript } from './transcript.ts';

/**
 * A message or file that the other side's browser gave to this one, as the entry it will be. It has no offset yet: both
 * are 0. `at` is when it came, by this browser's clock. `url` is where the bytes of a file are in this page.
 */
export type HeardEntry = MessageEntry | (FileEntry & { readonly url?: string });

/**
 * What both browsers told each other of one conversation and its log does not know. An entry of the log takes the place
 * of whatever has its id.
 */
export interface DirectTalk {
  /** Of the other side, in the order in which it came. */
  readonly heard: readonly HeardEntry[];
  /** Ids of what was written here and is in the other browser. */
  readonly told: readonly string[];
}

export type DirectEvent =
  | { readonly type: 'heard'; readonly entry: HeardEntry }
  | { readonly type: 'told'; readonly id: string }
  /** Its author threw it away before the log had it. */
  | { readonly type: 'withdrawn'; readonly id: string }
  /** The transcript is another one than before. */
  | { readonly type: 'transcribed' };

/** A browser that says more than this without a server is not a person who writes. */
export const MOST_HEARD = 500;

export const nothingDirect: DirectTalk = { heard: [], told: [] };

/** Whether this browser has it, from whichever way. */
export const isHere = ({ heard }: DirectTalk, { entries }: Transcript, id: string): boolean =>
  heard.some((entry) => entry.id === id) || isLogged(entries, id);

/** One step beside the transcript. `heard` and the entries and pending messages of `transcript` never share an id. */
export function stepDirect(talk: DirectTalk, event: DirectEvent, transcript: Transcript): DirectTalk {
  const { heard, told } = talk;
  const { entries, pending } = transcript;
  const isOurs = (id: string) => pending.some((message) => message.id === id);
  switch (event.type) {
    case 'heard': {
      const { entry } = event;
      const taken = heard.length < MOST_HEARD && !isOurs(entry.id) && !isHere(talk, transcript, entry.id);
      return taken ? { ...talk, heard: [...heard, entry] } : talk;
    }
    case 'told':
      return isOurs(event.id) && !told.includes(event.id) ? { ...talk, told: [...told, event.id] } : talk;
    case 'withdrawn':
      return keep(
        talk,
        heard.filter(({ id }) => id !== event.id),
        told,
      );
    case 'transcribed':
      return keep(
        talk,
        heard.filter(({ id }) => !isLogged(entries, id)),
        told.filter(isOurs),
      );
  }
}

/** What was said lately stands at the end. */
const isLogged = (entries: Transcript['entries'], id: string): boolean =>
  entries.findLastIndex((entry) => entry.id === id) >= 0;

const keep = (talk: DirectTalk, heard: DirectTalk['heard'], told: DirectTalk['told']): DirectTalk =>
  heard.length === talk.heard.length && told.length === talk.told.length ? talk : { heard, told };
