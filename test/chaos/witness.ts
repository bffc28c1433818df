import type { LogEntry } from '../../core/protocol/server-frames.ts';
import { Trace } from './trace.ts';

/** Something that must not have happened. */
export interface Violation {
  readonly rule: Rule;
  readonly contact: string | null;
  /** A sentence. */
  readonly detail: string;
}

export type Rule =
  | 'lost'
  | 'twice'
  | 'order'
  | 'undelivered'
  | 'refused'
  | 'log'
  | 'story'
  | 'two agents'
  | 'forgotten'
  | 'limit'
  | 'view'
  | 'protocol'
  | 'process';

/** A message somebody wrote. */
export interface Written {
  readonly id: string;
  readonly text: string;
  readonly note: boolean;
  /** Who wrote it, as a name in this run. */
  readonly by: string;
  /** The contact it went to last: a refused one may be sent on into another. */
  contact: string;
  /** Contacts that refused it, and why. */
  readonly refused: Map<string, string>;
}

/** Where a message was acknowledged. */
export interface Acknowledged {
  readonly contact: string;
  readonly offset: number;
}

/** All that happened as the clients saw it: what the server let anybody see has to be true for ever. */
export class Witness {
  /** By id, in the order of writing. */
  readonly written = new Map<string, Written>();
  /** By id of the message: what its own writer was told. */
  readonly acknowledged = new Map<string, Acknowledged>();
  /** Entries anybody was ever sent: id by offset, by contact. What is hidden from visitors has no id. */
  readonly seen = new Map<string, Map<number, string | null>>();
  readonly violations: Violation[] = [];
  readonly trace = new Trace();
  /** Errors by code, and closes by code. */
  readonly answers = new Map<string, number>();
  /** The name of the data, once somebody was told. */
  epoch: string | null = null;

  write(message: Omit<Written, 'refused'>): void {
    this.written.set(message.id, { ...message, refused: new Map() });
  }

  /** Somebody was sent an entry; `own` says that they wrote it. */
  saw(contact: string, entry: LogEntry, own: boolean): void {
    const id = entry.kind === 'hidden' ? null : entry.id;
    const log = this.seen.get(contact) ?? new Map<number, string | null>();
    this.seen.set(contact, log);
    const before = log.get(entry.offset) ?? null;
    if (before !== null && id !== null && before !== id)
      this.complain('log', contact, `offset ${entry.offset} was ${before} and then ${id}`);
    if (id !== null || !log.has(entry.offset)) log.set(entry.offset, id);
    if (!own || id === null) return;
    const known = this.acknowledged.get(id);
    if (!known) this.acknowledged.set(id, { contact, offset: entry.offset });
    else if (known.contact !== contact || known.offset !== entry.offset)
      this.complain(
        'twice',
        contact,
        `${id} was acknowledged at ${known.contact} ${known.offset} and at ${contact} ${entry.offset}`,
      );
  }

  answered(code: string): void {
    this.answers.set(code, (this.answers.get(code) ?? 0) + 1);
  }

  complain(rule: Rule, contact: string | null, detail: string): void {
    this.violations.push({ rule, contact, detail });
  }
}
