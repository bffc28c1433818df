import type { Cancel, Timers } from '../broker/timers.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Store, Unsubscribe } from '../store/port.ts';
import type { Fact } from './fact.ts';
import { type Lease, Leases } from './leases.ts';
import { rankOf } from './rank.ts';

/** Milliseconds without a renewal after which an instance is dead, and between two renewals. */
const LEASE = 5_000;
const BEAT = 1_500;
/** What a beat that comes later than this was late for says nothing about the others. */
const LATE = 2 * BEAT;
/** Milliseconds a start waits for what the others have. */
const PATIENCE = 1_000;

/** Beats after which what is known is compared with what is stored even though nothing seems to be missing. */
const LOOK = 40;

const ALL = 'instances';
const oneOf = (instance: string): string => `instance/${instance}`;

/** A message between instances. `number` counts those to all, from 1, so that who misses one can tell. */
interface Letter {
  readonly from: string;
  readonly number: number | null;
  readonly word:
    | Fact
    | { readonly type: 'hello' }
    | { readonly type: 'bye' }
    | { readonly type: 'buried' }
    | { readonly type: 'ask'; readonly of: string };
}

/** What others told; or even what they, or this instance, had to do after something was written. */
export type Missed = 'nothing' | 'words' | 'deeds';

/** What an instance hears of the others. */
export interface ClusterEvents {
  told(from: string, fact: Fact): void;
  /** An instance wants to know all there is here: to be told in a `snapshot`. */
  asked(by: string): void;
  /** An instance came or left: others are first to act now. */
  changed(): void;
  /** An instance is gone, and with it everybody who was connected there. */
  left(instance: string): void;
  /** It is known again who is connected to each of the others, and what else did not come through. */
  completed(missed: Missed): void;
  /** The others took this instance for dead: nobody may stay connected here who counts as gone elsewhere. */
  buried(): void;
}

export interface ClusterDeps {
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Log;
}

interface Member {
  /** Number of the last message heard; null: none yet. */
  heard: number | null;
  /** As of the lease before: not to have heard it by now is to have missed it. */
  told: number;
}

/** This instance among those that share the store. Where the store is for one process alone, all of it costs nothing. */
export class Cluster {
  /** Nobody else can be there. */
  readonly isAlone: boolean;
  readonly #deps: ClusterDeps;
  readonly #leases: Leases;
  #events: ClusterEvents | undefined;
  #id: string;
  #number = 0;
  readonly #members = new Map<string, Member>();
  readonly #dead = new Set<string>();
  /** Those who have not said yet what they have. */
  readonly #awaited = new Set<string>();
  #complete = Promise.withResolvers<void>();
  #isJoined = false;
  #missed: Missed = 'nothing';
  #stops: Unsubscribe[] = [];
  #stopTimer: Cancel = () => {};
  #beaten: number;
  #beating: Promise<void> = Promise.resolve();
  #isBeating = false;
  #beats = 0;
  #closed = false;

  constructor(deps: ClusterDeps) {
    this.#deps = deps;
    this.isAlone = !deps.store.isShared;
    this.#id = deps.ids();
    this.#leases = new Leases(deps.store, deps.clock, LEASE);
    this.#beaten = deps.clock();
  }

  /** Of this instance; another one after it was taken for dead. */
  get id(): string {
    return this.#id;
  }

  /** Whether it is known who is connected to each of the others. */
  get isComplete(): boolean {
    return this.isAlone || (this.#isJoined && this.#awaited.size === 0);
  }

  /** Joins the others; resolves when they have said what they have, or take too long over it. */
  async start(events: ClusterEvents): Promise<void> {
    if (this.isAlone) return;
    this.#events = events;
    this.#stops.push(this.#deps.store.subscribe(ALL, (letter) => this.#open(letter as Letter)));
    await this.#join();
    this.#schedule();
    const late = Promise.withResolvers<void>();
    const cancel = this.#deps.timers.after(PATIENCE, late.resolve);
    await Promise.race([this.#complete.promise, late.promise]);
    cancel();
  }

  /** 0 where this instance is the one to act on `key`; the others follow it, one after the other. */
  rank(key: string): number {
    return this.isAlone ? 0 : rankOf(this.#id, this.#members.keys(), key);
  }

  owns(key: string): boolean {
    return this.rank(key) === 0;
  }

  /** Tells all others. What does not reach one of them it finds out itself. */
  tell(fact: Fact): void {
    if (!this.isAlone) this.#post(ALL, fact);
  }

  tellOne(instance: string, fact: Fact): void {
    this.#post(oneOf(instance), fact);
  }

  /** Leaves the others, who from then on count everybody who was connected here as gone. */
  async close(): Promise<void> {
    if (this.isAlone || this.#closed) return;
    this.#closed = true;
    this.#stopTimer();
    for (const stop of this.#stops) stop();
    await this.#beating;
    this.#post(ALL, { type: 'bye' });
    await this.#leases.end(this.#id).catch((error: unknown) => this.#failed(error));
  }

  async #join(): Promise<void> {
    const { store } = this.#deps;
    this.#stops.push(store.subscribe(oneOf(this.#id), (letter) => this.#open(letter as Letter)));
    await this.#leases.begin(this.#id);
    for (const [id, { told }] of await this.#leases.others(this.#id, 'beginning')) this.#await(id, told);
    this.#isJoined = true;
    this.#post(ALL, { type: 'hello' });
    this.#completed();
    this.#events?.changed();
  }

  #post(subject: string, word: Letter['word']): void {
    const number = subject === ALL ? ++this.#number : null;
    const letter: Letter = { from: this.#id, number, word };
    this.#deps.store.publish(subject, letter).catch((error: unknown) => this.#failed(error));
  }

  #open({ from, number, word }: Letter): void {
    if (from === this.#id || this.#closed) return;
    if (word.type === 'buried') {
      if (!this.#isBeating) this.#beatNow();
      return;
    }
    // What the dead still say is true of contacts. Of who is connected there it is not, and they had better know.
    if (this.#dead.has(from)) {
      this.#post(oneOf(from), { type: 'buried' });
      if (word.type !== 'contact' && word.type !== 'entry') return;
      this.#events?.told(from, word);
      return;
    }
    const isNew = number !== null && this.#count(from, number, word.type === 'hello');
    if (number !== null && !isNew) return;
    switch (word.type) {
      case 'hello':
        this.#events?.asked(from);
        this.#events?.changed();
        return;
      case 'bye':
        // Told to end, a process has a few seconds, and its store may have needed longer.
        this.#bury(from);
        return;
      case 'ask':
        if (word.of === this.#id) this.#events?.asked(from);
        return;
      case 'snapshot':
        if (word.to !== this.#id) return;
        this.#events?.told(from, word);
        if (word.isLast) this.#settled(from);
        return;
      default:
        this.#events?.told(from, word);
    }
  }

  /** Notes that a message came; gives false for one that came before. */
  #count(from: string, number: number, isHello: boolean): boolean {
    const member = this.#members.get(from);
    if (!member) {
      this.#members.set(from, { heard: number, told: 0 });
      if (!isHello) this.#ask(from);
      return true;
    }
    if (member.heard !== null && number <= member.heard) return false;
    const isGap = member.heard === null ? !this.#awaited.has(from) : number > member.heard + 1;
    member.heard = number;
    if (isGap) this.#miss(from);
    return true;
  }

  #await(id: string, told: number): void {
    this.#members.set(id, { heard: null, told });
    this.#awaited.add(id);
  }

  #miss(from: string): void {
    this.#missWords();
    this.#ask(from);
  }

  #missWords(): void {
    if (this.#missed === 'nothing') this.#missed = 'words';
  }

  #ask(from: string): void {
    this.#awaited.add(from);
    this.#post(ALL, { type: 'ask', of: from });
  }

  #settled(from: string): void {
    if (this.#awaited.delete(from)) this.#completed();
  }

  #completed(): void {
    if (!this.isComplete) return;
    this.#complete.resolve();
    const missed = this.#missed;
    this.#missed = 'nothing';
    this.#events?.completed(missed);
  }

  /** It died, perhaps between writing something and telling it. */
  #bury(id: string): void {
    if (this.#members.has(id)) this.#missed = 'deeds';
    this.#remove(id);
  }

  #remove(id: string): void {
    this.#dead.add(id);
    if (!this.#members.delete(id)) return;
    this.#awaited.delete(id);
    this.#events?.left(id);
    this.#events?.changed();
    this.#completed();
  }

  #schedule(): void {
    this.#stopTimer = this.#deps.timers.after(BEAT, () => this.#beatNow());
  }

  #beatNow(): void {
    this.#stopTimer();
    this.#isBeating = true;
    this.#beating = this.#beat()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#isBeating = false;
        if (!this.#closed) this.#schedule();
      });
  }

  async #beat(): Promise<void> {
    const { clock } = this.#deps;
    const began = clock();
    if (!(await this.#leases.renew(this.#id, this.#number))) return this.#rise();
    const now = clock();
    const isPunctual = began - this.#beaten < LATE && now - began < BEAT;
    this.#beaten = now;
    const known = [...this.#members.keys()];
    const living = await this.#leases.others(this.#id, isPunctual ? 'punctual' : 'held up');
    if (this.#closed) return;
    // Who has said hello since may be too new for what was read.
    for (const id of known) if (!living.has(id)) this.#bury(id);
    this.#compare(living);
    if (++this.#beats % LOOK === 0) {
      // A write that seemed to fail may have been done, and nothing have followed from it.
      this.#missed = 'deeds';
      this.#completed();
    }
    for (const id of this.#awaited) this.#post(ALL, { type: 'ask', of: id });
  }

  #compare(living: ReadonlyMap<string, Lease>): void {
    for (const [id, { told }] of living) {
      if (this.#dead.has(id)) continue;
      const member = this.#members.get(id);
      if (!member) {
        this.#await(id, told);
        this.#ask(id);
        this.#events?.changed();
        continue;
      }
      const isMissing = (member.heard ?? 0) < member.told;
      if (isMissing) {
        member.heard = member.told;
        this.#miss(id);
      }
      member.told = told;
    }
  }

  /** Taken for dead, it begins anew, under another name. */
  async #rise(): Promise<void> {
    this.#deps.log.warn('instance.buried', { instance: this.#id });
    this.#stops.pop()?.();
    this.#id = this.#deps.ids();
    this.#number = 0;
    this.#isJoined = false;
    this.#awaited.clear();
    this.#members.clear();
    this.#complete = Promise.withResolvers();
    // Of what the others told meanwhile nothing is known to have come through.
    this.#missWords();
    this.#events?.buried();
    await this.#join();
    this.#beaten = this.#deps.clock();
  }

  #failed(error: unknown): void {
    if (!this.#closed) this.#deps.log.failed('instances.failed', error);
  }
}
