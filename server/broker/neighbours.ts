import type { Ticket } from '../auth/tokens.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Fact, ToldPeer } from '../cluster/fact.ts';
import { type Elsewhere, mayTalk, type Realm } from './realm.ts';

interface Neighbour extends ToldPeer {
  readonly instance: string;
}

/** The peers that are connected to other instances, and the way to them. */
export class Neighbours implements Elsewhere {
  readonly #cluster: Pick<Cluster, 'tell' | 'tellOne'>;
  readonly #clock: () => number;
  readonly #peers = new Map<string, Neighbour>();
  /** Ids told of in the pages of a snapshot so far. */
  readonly #listed = new Map<string, Set<string>>();

  /** @param clock milliseconds since the epoch */
  constructor(cluster: Pick<Cluster, 'tell' | 'tellOne'>, clock: () => number) {
    this.#cluster = cluster;
    this.#clock = clock;
  }

  joined(ticket: Ticket): number {
    const known = this.#peers.get(ticket.peer);
    // It has been elsewhere before, whatever the clocks say.
    const at = Math.max(this.#clock(), known ? known.at + 1 : 0);
    this.#peers.delete(ticket.peer);
    this.#cluster.tell({ type: 'peer', peer: { ticket, at } });
    return at;
  }

  left(peer: string): void {
    this.#cluster.tell({ type: 'peer.gone', peer });
  }

  deliver(sender: Ticket, dst: string, text: string): boolean {
    const neighbour = this.#peers.get(dst);
    if (!neighbour || !mayTalk(sender, neighbour.ticket)) return false;
    this.#cluster.tellOne(neighbour.instance, { type: 'relay', sender, dst, text });
    return true;
  }

  /** What another instance tells of peers. */
  told(realm: Realm, from: string, fact: Fact): void {
    switch (fact.type) {
      case 'peer':
        this.#put(realm, from, fact.peer);
        return;
      case 'peer.gone':
        this.#drop(from, fact.peer);
        return;
      case 'relay':
        if (!realm.deliver(fact.sender, fact.dst, fact.text))
          this.#cluster.tellOne(from, { ...fact, type: 'undelivered' });
        return;
      case 'undelivered':
        // It has left there meanwhile: as if it had not been there.
        this.#drop(from, fact.dst);
        realm.relay(fact.sender, fact.dst, fact.text);
        return;
      case 'snapshot': {
        const listed = (!fact.isFirst && this.#listed.get(from)) || new Set<string>();
        this.#listed.set(from, listed);
        for (const peer of fact.peers) {
          listed.add(peer.ticket.peer);
          this.#put(realm, from, peer);
        }
        if (fact.isLast) this.dropAll(from, listed);
      }
    }
  }

  /** The instance has no peers any more, or none but these. */
  dropAll(instance: string, but: ReadonlySet<string> = new Set()): void {
    this.#listed.delete(instance);
    for (const id of this.#peers.keys()) if (!but.has(id)) this.#drop(instance, id);
  }

  clear(): void {
    this.#listed.clear();
    this.#peers.clear();
  }

  #put(realm: Realm, instance: string, { ticket, at }: ToldPeer): void {
    const known = this.#peers.get(ticket.peer);
    if (known && known.instance !== instance && known.at > at) return;
    realm.replaced(ticket.peer, at);
    this.#peers.set(ticket.peer, { ticket, at, instance });
    realm.release(ticket, (sender, text) =>
      this.#cluster.tellOne(instance, { type: 'relay', sender, dst: ticket.peer, text }),
    );
  }

  #drop(instance: string, peer: string): void {
    if (this.#peers.get(peer)?.instance === instance) this.#peers.delete(peer);
  }
}
