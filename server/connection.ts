import type { Side } from '../core/contact/model.ts';
import { CloseCode } from '../core/protocol/codes.ts';
import type { Abilities, Device, Page, Permissions } from '../core/protocol/schemas.ts';
import type { ServerFrame } from '../core/protocol/server-frames.ts';

/** What a connection needs of a WebSocket. */
export interface Wire {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code: CloseCode, reason: string): void;
}

/** What a browser says of its page before it says hello. */
export interface Caller {
  readonly origin: string | null;
  /** Of the visitor, as a trusted proxy says it in the configured header. */
  readonly country: string | null;
}

/** Where a visitor is, as their hello and what came after it said. */
export interface Visit {
  readonly service: string;
  readonly language: string;
  /** Two letters of ISO 3166; null: not known. */
  readonly country: string | null;
  readonly page: Page;
  readonly device: Device;
}

export interface Identity {
  readonly side: Side;
  /** Visitor or agent. */
  readonly id: string;
  readonly name: string;
  /** The page load. */
  readonly client: string;
  /** What its browser can do, as it said last. */
  readonly abilities: Abilities;
  /** Null for an agent. */
  readonly visit: Visit | null;
  /** Whether this page load says hello again; null: it does not tell. */
  readonly again: boolean | null;
}

/** What every instance knows of an open page. */
export interface Window extends Pick<Identity, 'side' | 'id' | 'client' | 'abilities'> {
  /** The service of a visitor's page; null for an agent. */
  readonly service: string | null;
  /** Since when the visitor does nothing there; null: something happens. */
  readonly idleSince: number | null;
  /** Milliseconds since the epoch; no two windows of one instance have the same. */
  readonly arrivedAt: number;
  /** A page load seen for the first time, as opposed to one that lost its socket and reconnected. */
  readonly isFresh: boolean;
}

const OPEN = 1;
/** A reader this far behind will not catch up; it is better off reconnecting and resuming. */
const MAX_BUFFERED = 4 * 1024 * 1024;

let connections = 0;

/** One socket that said hello. */
export class Connection implements Identity, Window {
  /** Its name among the connections of this instance. */
  readonly number = ++connections;
  readonly side: Side;
  readonly id: string;
  readonly name: string;
  readonly client: string;
  abilities: Abilities;
  /** What a visitor's browser may do with its devices; null: it has not said. */
  permissions: Permissions | null = null;
  idleSince: number | null = null;
  arrivedAt = 0;
  isFresh = false;
  readonly again: boolean | null;
  readonly #wire: Wire;
  #visit: Visit | null;
  /** Live frames that came before the welcome was sent; null once it was. */
  #held: string[] | null = [];

  constructor(wire: Wire, identity: Identity) {
    this.#wire = wire;
    this.side = identity.side;
    this.id = identity.id;
    this.name = identity.name;
    this.client = identity.client;
    this.abilities = identity.abilities;
    this.again = identity.again;
    this.#visit = identity.visit;
  }

  get visit(): Visit | null {
    return this.#visit;
  }

  get service(): string | null {
    return this.#visit?.service ?? null;
  }

  /** The visitor's page changed its address without a load. */
  goTo(page: Page): void {
    if (this.#visit) this.#visit = { ...this.#visit, page };
  }

  /** Sends an encoded live frame, after the welcome. */
  push(text: string): void {
    if (this.#held) this.#held.push(text);
    else this.#write(text);
  }

  /** Sends at once, even before the welcome. */
  reply(frame: ServerFrame): void {
    this.#write(JSON.stringify(frame));
  }

  /** The welcome is out: what was held back follows. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const text of held) this.#write(text);
  }

  close(code: CloseCode, reason: string): void {
    if (this.#wire.readyState <= OPEN) this.#wire.close(code, reason);
  }

  #write(text: string): void {
    if (this.#wire.readyState !== OPEN) return;
    this.#wire.send(text);
    if (this.#wire.bufferedAmount > MAX_BUFFERED) this.close(CloseCode.overloaded, 'reads too slowly');
  }
}
