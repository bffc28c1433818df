import type { Side } from '../core/contact/model.ts';
import type { ServerFrame } from '../core/protocol/server-frames.ts';
import type { Connection } from './connection.ts';

/** The live connections of this instance. */
export class Hub {
  readonly #people: Record<Side, Map<string, Set<Connection>>> = { visitor: new Map(), agent: new Map() };

  add(connection: Connection): void {
    const people = this.#people[connection.side];
    const connections = people.get(connection.id);
    if (connections) connections.add(connection);
    else people.set(connection.id, new Set([connection]));
  }

  /** Gives whether it was there. */
  remove(connection: Connection): boolean {
    const people = this.#people[connection.side];
    const connections = people.get(connection.id);
    const wasThere = connections?.delete(connection) ?? false;
    if (connections?.size === 0) people.delete(connection.id);
    return wasThere;
  }

  has(side: Side, id: string): boolean {
    return this.#people[side].has(id);
  }

  /** Connections of one person, oldest first. */
  of(side: Side, id: string): readonly Connection[] {
    return [...(this.#people[side].get(id) ?? [])];
  }

  /** How many connections there are on a side. */
  count(side: Side): number {
    let count = 0;
    for (const connections of this.#people[side].values()) count += connections.size;
    return count;
  }

  /** The newest connection of one page load. A half-dead older one of the same page load may still linger. */
  page(side: Side, id: string, client: string): Connection | undefined {
    return this.of(side, id).findLast((connection) => connection.client === client);
  }

  *all(side?: Side): Generator<Connection> {
    for (const one of side ? [side] : (['visitor', 'agent'] as const))
      for (const connections of this.#people[one].values()) yield* connections;
  }

  send(connections: Iterable<Connection>, frame: ServerFrame): void {
    let text: string | undefined;
    for (const connection of connections) {
      text ??= JSON.stringify(frame);
      connection.push(text);
    }
  }
}
