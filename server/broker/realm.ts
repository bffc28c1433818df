import type { Ticket } from '../auth/tokens.ts';
import { BrokerClose, expireFrame, OPEN_FRAME } from './protocol.ts';
import type { Cancel, Timers } from './timers.ts';

/** UTF-16 units held for one absent peer: several offers with all their candidates. What exceeds it is dropped. */
const MAX_HELD = 262_144;

/** A peer's way out. */
export interface Link {
  /** Gives false when the socket can carry nothing any more. */
  send(text: string): boolean;
  close(code: number, reason: string): void;
}

interface Peer {
  readonly ticket: Ticket;
  readonly link: Link;
}

interface Held {
  readonly sender: Ticket;
  readonly messages: string[];
  size: number;
  readonly cancel: Cancel;
}

const mayTalk = (a: Ticket, b: Ticket): boolean =>
  a.remote === b.peer && b.remote === a.peer && a.contact === b.contact;

/**
 * The peers connected here and the messages that wait for one. A peer the sender may not talk to is treated in every
 * respect like one that is not there, so nobody can find out who is.
 */
export class Realm {
  readonly #holdFor: number;
  readonly #timers: Timers;
  readonly #peers = new Map<string, Peer>();
  /** Sender id → addressee id → what is held. */
  readonly #held = new Map<string, Map<string, Held>>();
  #relayed = 0;
  #closed = false;

  /** @param holdFor milliseconds a message waits for its addressee before the sender gets EXPIRE */
  constructor(holdFor: number, timers: Timers) {
    this.#holdFor = holdFor;
    this.#timers = timers;
  }

  get size(): number {
    return this.#peers.size;
  }

  /** Messages brought to their addressee so far. */
  get relayed(): number {
    return this.#relayed;
  }

  has(peer: string, link: Link): boolean {
    return this.#peers.get(peer)?.link === link;
  }

  /** Lets a peer in and tells it so. A peer that comes back takes the place of its former, perhaps half-open, socket. */
  join(ticket: Ticket, link: Link): void {
    if (this.#closed) {
      link.close(BrokerClose.restart, 'restart');
      return;
    }
    const former = this.#peers.get(ticket.peer);
    this.#peers.set(ticket.peer, { ticket, link });
    former?.link.close(BrokerClose.replaced, 'replaced');
    link.send(OPEN_FRAME);
    this.#release(ticket, link);
  }

  /** Forgets the peer, unless it is here on another socket by now. Nobody is told: its media may well be alive. */
  leave(peer: string, link: Link): void {
    if (this.has(peer, link)) this.#peers.delete(peer);
  }

  /** Brings a message to `dst`, or holds it until `dst` joins or the time is up. */
  relay(sender: Ticket, dst: string, text: string): void {
    if (!this.deliver(sender, dst, text)) this.#hold(sender, dst, text);
  }

  /** Delivers to a peer connected here that the sender may talk to; gives whether it did. */
  deliver(sender: Ticket, dst: string, text: string): boolean {
    const peer = this.#peers.get(dst);
    if (peer === undefined || !mayTalk(sender, peer.ticket) || !peer.link.send(text)) return false;
    this.#relayed += 1;
    return true;
  }

  /** Closes every socket with 1012 and drops what is held. */
  close(): void {
    this.#closed = true;
    for (const addressees of this.#held.values()) for (const held of addressees.values()) held.cancel();
    this.#held.clear();
    for (const { link } of this.#peers.values()) link.close(BrokerClose.restart, 'restart');
    this.#peers.clear();
  }

  #hold(sender: Ticket, dst: string, text: string): void {
    const addressees = this.#held.get(sender.peer) ?? new Map<string, Held>();
    this.#held.set(sender.peer, addressees);
    let held = addressees.get(dst);
    if (held === undefined) {
      const cancel = this.#timers.after(this.#holdFor, () => this.#expire(sender.peer, dst));
      held = { sender, messages: [], size: 0, cancel };
      addressees.set(dst, held);
    }
    // What may never be delivered needs no keeping: the wait alone makes it look absent.
    if (dst !== sender.remote || held.size + text.length > MAX_HELD) return;
    held.messages.push(text);
    held.size += text.length;
  }

  #expire(src: string, dst: string): void {
    this.#drop(src, dst);
    this.#peers.get(src)?.link.send(expireFrame(dst, src));
  }

  #release(ticket: Ticket, link: Link): void {
    const held = this.#held.get(ticket.remote)?.get(ticket.peer);
    if (held === undefined || !mayTalk(held.sender, ticket)) return;
    held.cancel();
    this.#drop(ticket.remote, ticket.peer);
    for (const text of held.messages) if (link.send(text)) this.#relayed += 1;
  }

  #drop(src: string, dst: string): void {
    const addressees = this.#held.get(src);
    addressees?.delete(dst);
    if (addressees?.size === 0) this.#held.delete(src);
  }
}
