import type { Contact } from '../../core/contact/contact.ts';
import type { Side } from '../../core/contact/model.ts';
import { viewOf } from '../../core/contact/view.ts';
import type { LogEntry, ServerFrame } from '../../core/protocol/server-frames.ts';
import { visibleTo } from '../../core/transcript/visible.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Connection, Identity, Window } from '../connection.ts';
import type { Hub } from '../hub.ts';
import type { Directory } from './directory.ts';
import type { Heard } from './heard.ts';

/** Who is on the two sides of a contact. */
export interface Parties {
  readonly id: string;
  readonly visitor: { readonly id: string };
  readonly agent: { readonly id: string } | null;
}

/** Id of whoever is on a side of a contact; null: nobody yet. */
export const personOn = (contact: Parties, side: Side): string | null =>
  side === 'visitor' ? contact.visitor.id : (contact.agent?.id ?? null);

export const isParty = (contact: Parties, { side, id }: Pick<Identity, 'side' | 'id'>): boolean =>
  personOn(contact, side) === id;

const SIDES: readonly Side[] = ['visitor', 'agent'];
type Windows = readonly Connection[];

export interface AudienceDeps {
  readonly hub: Hub;
  readonly directory: Directory;
  readonly cluster: Cluster;
  readonly heard: Heard;
}

/** Who hears of what. */
export class Audience {
  readonly #deps: AudienceDeps;

  constructor(deps: AudienceDeps) {
    this.#deps = deps;
  }

  /** Every window here of whoever is on a side. */
  here(contact: Parties, side: Side): readonly Connection[] {
    const person = personOn(contact, side);
    return person === null ? [] : this.#deps.hub.of(side, person);
  }

  /** Every window of whoever is on a side, wherever it is connected. */
  windows(contact: Parties, side: Side): readonly Window[] {
    const person = personOn(contact, side);
    return person === null ? [] : this.#deps.directory.of(side, person);
  }

  /** The page load that holds the media of a side, wherever it is connected. */
  holder(contact: Contact, side: Side): Window | undefined {
    const person = personOn(contact, side);
    const client = contact.call?.clients[side] ?? null;
    return person === null || client === null ? undefined : this.#deps.directory.page(side, person, client);
  }

  /** Tells both sides, as far as they are connected here, how the contact stands, each what it may see of it. */
  tellState(contact: Contact): void {
    for (const side of SIDES)
      this.#deps.hub.send(this.here(contact, side), {
        type: 'contact.state',
        contact: viewOf(contact, side),
      });
  }

  /** Tells both sides, wherever they are connected, of a new entry in the log, each what it may see of it. */
  tellEntry(contact: Parties, entry: LogEntry): void {
    this.showEntry(contact, entry);
    const { cluster } = this.#deps;
    if (cluster.isAlone) return;
    const { id, visitor, agent } = contact;
    const parties = { id, visitor: { id: visitor.id }, agent: agent && { id: agent.id } };
    cluster.tell({ type: 'entry', parties, entry });
  }

  /** The same for those who are connected here. */
  showEntry(contact: Parties, entry: LogEntry): void {
    const [visitors, agents] = SIDES.map((side) => this.here(contact, side)) as [Windows, Windows];
    if (visitors.length + agents.length === 0) return;
    this.#deps.heard.note(contact.id, entry);
    const [toVisitors, toAgents] = [visibleTo('visitor', entry), visibleTo('agent', entry)];
    const tell = (windows: Windows, entry: LogEntry): void =>
      this.#deps.hub.send(windows, { type: 'log.appended', contact: contact.id, entry });
    // Almost always the same for both, and then written out once.
    if (toVisitors === toAgents) tell([...visitors, ...agents], entry);
    else {
      tell(visitors, toVisitors);
      tell(agents, toAgents);
    }
  }

  /** Sends to the windows of a side, wherever they are, something that may get lost. */
  pass(contact: Parties, side: Side, frame: ServerFrame): void {
    const person = personOn(contact, side);
    if (person === null) return;
    const { hub, directory, cluster } = this.#deps;
    hub.send(this.here(contact, side), frame);
    if (this.windows(contact, side).some((window) => !directory.isHere(window)))
      cluster.tell({ type: 'push', side, person, client: null, frame });
  }

  /** The same for the one page load that holds the media of a side. */
  passToHolder(contact: Contact, side: Side, frame: ServerFrame): void {
    const holder = this.holder(contact, side);
    if (!holder) return;
    const { hub, directory, cluster } = this.#deps;
    if (directory.isHere(holder)) hub.send([holder], frame);
    else cluster.tell({ type: 'push', side, person: holder.id, client: holder.client, frame });
  }
}
