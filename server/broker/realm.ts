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
  /** Says that there is too much to do, and closes. */
  sendAway(): void;
}

interface Peer {
  readonly ticket: Ticket;
  readonly link: Link;
  /** As {@link Elsewhere.joined} gave it. */
  readonly at: number;
}

/** The peers of other instances, as a realm sees them. */
export interface Elsewhere {
  /** A peer is here; gives the time that its coming here has among its comings to all instances. */
  joined(ticket: Ticket): number;
  left(peer: string): void;
  /** Brings a message to a peer that is connected elsewhere and that the sender may talk to; gives whether there is one. */
  deliver(sender: Ticket, dst: string, text: string): boolean;
}

const NOWHERE: Elsewhere = { joined: () => 0, left: () => {}, deliver: () => false };

interface Held {
  readonly sender: Ticket;
  readonly messages: string[];
  size: number;
  readonly cancel: Cancel;
}

export const mayTalk = (a: Ticket, b: Ticket): boolean =>
  a.remote === b.peer && b.remote === a.peer && a.contact === b.contact;

/**
 * The peers connected here and the messages that wait for one. What is for a peer of another instance goes there; it waits
 * here, where the sender is, while there is none. A peer the sender may not talk to is treated in every
 * respect like one that is not there, so nobody can find out who is.
 */
export class Realm {
  readonly #holdFor: number;
  readonly #timers: Timers;
  readonly #elsewhere: Elsewhere;
  readonly #peers = new Map<string, Peer>();
  /** Sender id → addressee id → what is held. */
  readonly #held = new Map<string, Map<string, Held>>();
  #relayed = 0;
  #closed = false;

  /** @param holdFor milliseconds a message waits for its addressee before the sender gets EXPIRE */
  constructor(holdFor: number, timers: Timers, elsewhere: Elsewhere = NOWHERE) {
    this.#holdFor = holdFor;
    this.#timers = timers;
    this.#elsewhere = elsewhere;
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

  /** The peer that this one may talk to, if it is connected here. */
  partner(ticket: Ticket): Link | undefined {
    const peer = this.#peers.get(ticket.remote);
    return peer && mayTalk(ticket, peer.ticket) ? peer.link : undefined;
  }

  /** Lets a peer in and tells it so. A peer that comes back takes the place of its former, perhaps half-open, socket. */
  join(ticket: Ticket, link: Link): void {
    if (this.#closed) {
      link.close(BrokerClose.restart, 'restart');
      return;
    }
    const former = this.#peers.get(ticket.peer);
    this.#peers.set(ticket.peer, { ticket, link, at: this.#elsewhere.joined(ticket) });
    former?.link.close(BrokerClose.replaced, 'replaced');
    link.send(OPEN_FRAME);
    this.release(ticket, (_, text) => {
      if (link.send(text)) this.#relayed += 1;
    });
  }

  /** Forgets the peer, unless it is here on another socket by now. Nobody is told: its media may well be alive. */
  leave(peer: string, link: Link): void {
    if (!this.has(peer, link)) return;
    this.#peers.delete(peer);
    this.#elsewhere.left(peer);
  }

  /** Closes the socket of a peer that has since come back at another instance. */
  replaced(peer: string, at: number): void {
    const here = this.#peers.get(peer);
    if (!here || here.at >= at) return;
    this.#peers.delete(peer);
    here.link.close(BrokerClose.replaced, 'replaced');
  }

  /** All peers connected here. */
  here(): { ticket: Ticket; at: number }[] {
    return [...this.#peers.values()].map(({ ticket, at }) => ({ ticket, at }));
  }

  /** Brings a message to `dst`, or holds it until `dst` joins or the time is up. */
  relay(sender: Ticket, dst: string, text: string): void {
    if (!this.deliver(sender, dst, text) && !this.#elsewhere.deliver(sender, dst, text))
      this.#hold(sender, dst, text);
  }

  /** Delivers to a peer connected here that the sender may talk to; gives whether it did. */
  deliver(sender: Ticket, dst: string, text: string): boolean {
    const peer = this.#peers.get(dst);
    if (peer === undefined || !mayTalk(sender, peer.ticket) || !peer.link.send(text)) return false;
    this.#relayed += 1;
    return true;
  }

  /** Closes every socket with 1012 and drops what is held, for good. */
  close(): void {
    this.#closed = true;
    this.restart();
  }

  /** Closes every socket with 1012 and drops what is held. */
  restart(): void {
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

  /** Brings all that waits for a peer to where it is. */
  release(ticket: Ticket, bring: (sender: Ticket, text: string) => void): void {
    const held = this.#held.get(ticket.remote)?.get(ticket.peer);
    if (held === undefined || !mayTalk(held.sender, ticket)) return;
    held.cancel();
    this.#drop(ticket.remote, ticket.peer);
    for (const text of held.messages) bring(held.sender, text);
  }

  #drop(src: string, dst: string): void {
    const addressees = this.#held.get(src);
    addressees?.delete(dst);
    if (addressees?.size === 0) this.#held.delete(src);
  }
}
