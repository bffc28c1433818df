import type { Cluster, Missed } from '../cluster/cluster.ts';
import type { Audience } from './audience.ts';
import type { ContactLog } from './contact-log.ts';
import type { Contacts } from './contacts.ts';
import type { FollowUp } from './follow-up.ts';
import type { Heard } from './heard.ts';
import type { LiveContacts } from './live-contacts.ts';
import type { LiveIndex } from './live-index.ts';
import type { Presence } from './presence.ts';

export interface RecoveryDeps {
  readonly cluster: Cluster;
  readonly audience: Audience;
  readonly contacts: Contacts;
  readonly contactLog: ContactLog;
  readonly followUp: FollowUp;
  readonly heard: Heard;
  readonly live: LiveContacts;
  readonly liveIndex: LiveIndex;
  readonly presence: Presence;
}

/** Contacts read side by side. */
const AT_ONCE = 32;

/** Brings this instance to what the store knows, whatever it has missed: at its start, and when others did not come through. */
export class Recovery {
  readonly #deps: RecoveryDeps;
  #running: Promise<void> | undefined;
  /** Asked for again while it ran: what it read may have been too early. */
  #isDue = false;
  /** So may be what follows from what is stored. */
  #isUnwritten = false;

  constructor(deps: RecoveryDeps) {
    this.#deps = deps;
  }

  /**
   * Takes up all contacts, finishes what a crash may have cut short, and marks whoever was connected to an instance that is
   * not there any more as away.
   */
  async start(): Promise<void> {
    const { cluster, contacts, followUp, live, liveIndex, presence } = this.#deps;
    await each(await Array.fromAsync(liveIndex.all()), async (id) => {
      const stored = await contacts.load(id);
      if (stored) await followUp.settle(stored.contact, stored.owed, stored.facts);
      if (!stored || stored.contact.phase === 'ended') return liveIndex.tidy(id);
      if (!live.isNews(stored.contact)) return;
      live.put(stored.contact);
      followUp.await(stored.contact);
      if (!cluster.isAlone) return presence.review(stored.contact);
      for (const side of ['visitor', 'agent'] as const) await presence.settle(id, side);
    });
  }

  /**
   * Reads again what is stored of all contacts, and shows what is new to those who are connected here. Of contacts that are
   * this instance's to look after, it also writes what one that died may have left unwritten.
   */
  run(missed: Exclude<Missed, 'nothing'>): Promise<void> {
    this.#isDue = true;
    if (missed === 'deeds') this.#isUnwritten = true;
    this.#running ??= this.#repeat().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #repeat(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      await this.#readAll();
    }
  }

  async #readAll(): Promise<void> {
    const { live, liveIndex, heard, presence } = this.#deps;
    const isUnwritten = this.#isUnwritten;
    this.#isUnwritten = false;
    const ids = new Set(await Array.fromAsync(liveIndex.all()));
    for (const { id } of live.all()) ids.add(id);
    await each([...ids], (id) => this.#readContact(id, isUnwritten));
    await each([...new Set([...heard.contacts(), ...live.all().map(({ id }) => id)])], (id) =>
      this.#readLog(id),
    );
    for (const contact of live.all()) presence.review(contact);
  }

  async #readContact(id: string, isUnwritten: boolean): Promise<void> {
    const { cluster, contacts, followUp, liveIndex } = this.#deps;
    const stored = await contacts.load(id);
    if (stored) followUp.hear(stored.contact);
    if (!isUnwritten || !cluster.owns(id)) return;
    if (stored) await followUp.settle(stored.contact, stored.owed, stored.facts);
    if (!stored || stored.contact.phase === 'ended') await liveIndex.tidy(id);
  }

  /** Shows what may not have been heard to those who are connected here. They know what to do with what they know already. */
  async #readLog(id: string): Promise<void> {
    const { audience, contactLog, contacts, heard, live } = this.#deps;
    const parties = live.get(id) ?? (await contacts.find(id));
    const isHere =
      parties && (['visitor', 'agent'] as const).some((side) => audience.here(parties, side).length);
    if (!isHere) return heard.forget(id);
    for await (const entry of contactLog.since(id, heard.of(id) ?? 0)) audience.showEntry(parties, entry);
    if (!live.get(id)) heard.forget(id);
  }
}

/** Some at a time, so that a store is not swamped. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const take = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
}
