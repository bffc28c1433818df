import type { Contact } from '../../core/contact/contact.ts';
import type { Side } from '../../core/contact/model.ts';
import type { LogEntry, ServerFrame } from '../../core/protocol/server-frames.ts';
import type { Ticket } from '../auth/tokens.ts';
import type { Parties } from '../desk/audience.ts';
import type { RemoteWindow } from '../desk/directory.ts';

/** A peer at the broker of the instance that tells. */
export interface ToldPeer {
  readonly ticket: Ticket;
  /** When it joined, milliseconds since the epoch. */
  readonly at: number;
}

/** What instances tell each other. */
export type Fact =
  /** A contact as committed. */
  | { readonly type: 'contact'; readonly contact: Contact }
  /** A new entry in the log of a contact. */
  | { readonly type: 'entry'; readonly parties: Parties; readonly entry: LogEntry }
  /** For all windows of a person, or those of one page load. */
  | {
      readonly type: 'push';
      readonly side: Side;
      readonly person: string;
      readonly client: string | null;
      readonly frame: ServerFrame;
    }
  /** The store says something new of an agent: what they have switched on, or their own responses. */
  | { readonly type: 'status' | 'responses'; readonly agent: string }
  /** What is known of a visitor has changed. */
  | { readonly type: 'card'; readonly visitor: string }
  /** A window opened, or is not what it was. */
  | { readonly type: 'window'; readonly window: RemoteWindow }
  | { readonly type: 'window.gone'; readonly number: number }
  | { readonly type: 'peer'; readonly peer: ToldPeer }
  | { readonly type: 'peer.gone'; readonly peer: string }
  /** A message for a peer, to the instance where it is; and back from there, when it is not. */
  | {
      readonly type: 'relay' | 'undelivered';
      readonly sender: Ticket;
      readonly dst: string;
      readonly text: string;
    }
  /** All windows and peers of the instance, in pages; for whoever is named. */
  | {
      readonly type: 'snapshot';
      readonly to: string;
      readonly isFirst: boolean;
      readonly isLast: boolean;
      readonly windows: readonly RemoteWindow[];
      readonly peers: readonly ToldPeer[];
    };
