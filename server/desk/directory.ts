import type { Side } from '../../core/contact/model.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Connection, type Window } from '../connection.ts';
import type { Hub } from '../hub.ts';

/** A window at another instance, as that one told of it. `number` is its name there. */
export type RemoteWindow = Window & { readonly number: number };

type Windows = Map<string, RemoteWindow>;

/** Who is connected, here and at all other instances. The hub has those of here, and tells them what there is to tell. */
export class Directory {
  readonly #hub: Hub;
  readonly #cluster: Pick<Cluster, 'tell'>;
  /** Of each instance, by number. */
  readonly #instances = new Map<string, Map<number, RemoteWindow>>();
  readonly #people: Record<Side, Map<string, Windows>> = { visitor: new Map(), agent: new Map() };

  constructor(hub: Hub, cluster: Pick<Cluster, 'tell'>) {
    this.#hub = hub;
    this.#cluster = cluster;
  }

  has(side: Side, id: string): boolean {
    return this.#hub.has(side, id) || this.#people[side].has(id);
  }

  /** Windows of one person, oldest first. */
  of(side: Side, id: string): readonly Window[] {
    const here = this.#hub.of(side, id);
    const elsewhere = this.#people[side].get(id);
    if (!elsewhere) return here;
    return [...here, ...elsewhere.values()].sort((a, b) => a.arrivedAt - b.arrivedAt);
  }

  /** The newest window of one page load. */
  page(side: Side, id: string, client: string): Window | undefined {
    return this.of(side, id).findLast((window) => window.client === client);
  }

  isHere(window: Window): window is Connection {
    return window instanceof Connection;
  }

  /** A connection of this instance is there, or is not what it was. */
  tell(connection: Connection): void {
    this.#cluster.tell({ type: 'window', window: windowOf(connection) });
  }

  /** A connection of this instance is gone. */
  remove(connection: Connection): void {
    if (!this.#hub.remove(connection)) return;
    this.#cluster.tell({ type: 'window.gone', number: connection.number });
  }

  /** What this instance can tell of itself. */
  here(): RemoteWindow[] {
    return [...this.#hub.all()].map(windowOf);
  }

  /** Another instance tells of a window. */
  put(instance: string, window: RemoteWindow): void {
    const windows = this.#instances.get(instance) ?? new Map<number, RemoteWindow>();
    this.#instances.set(instance, windows.set(window.number, window));
    const people = this.#people[window.side];
    const known: Windows = people.get(window.id) ?? new Map();
    people.set(window.id, known.set(`${instance}/${window.number}`, window));
  }

  /** Another instance has lost a window; gives it, where it was known. */
  drop(instance: string, number: number): RemoteWindow | undefined {
    const window = this.#instances.get(instance)?.get(number);
    if (!window) return undefined;
    this.#instances.get(instance)?.delete(number);
    const people = this.#people[window.side];
    const known = people.get(window.id);
    known?.delete(`${instance}/${number}`);
    if (known?.size === 0) people.delete(window.id);
    return window;
  }

  /** Windows an instance was known to have and has no more: all of them, or all but those of these numbers. */
  dropAll(instance: string, but: ReadonlySet<number> = new Set()): RemoteWindow[] {
    const numbers = [...(this.#instances.get(instance)?.keys() ?? [])].filter((number) => !but.has(number));
    const windows = numbers.map((number) => this.drop(instance, number));
    if (this.#instances.get(instance)?.size === 0) this.#instances.delete(instance);
    return windows.filter((window) => window !== undefined);
  }

  /** Forgets all other instances. */
  clear(): void {
    this.#instances.clear();
    this.#people.visitor.clear();
    this.#people.agent.clear();
  }
}

const windowOf = (connection: Connection): RemoteWindow => {
  const { side, id, client, abilities, service, idleSince, arrivedAt, isFresh, number } = connection;
  return { side, id, client, abilities, service, idleSince, arrivedAt, isFresh, number };
};
