import { contactDeadline } from '../../core/contact/contact.ts';
import type { Side } from '../../core/contact/model.ts';
import type { AgentStatus, ContactView, LogEntry } from '../../core/protocol/server-frames.ts';
import type { Transcript } from '../../core/transcript/transcript.ts';
import { visibleTo } from '../../core/transcript/visible.ts';
import type { Kept, Snapshot } from './snapshot.ts';
import type { Rule, Violation } from './witness.ts';

/** What a window shows, and what it has of the logs. */
export interface Shown {
  readonly name: string;
  readonly side: Side;
  readonly transcripts: ReadonlyMap<string, Pick<Transcript, 'entries'>>;
  readonly views: ReadonlyMap<string, Pick<ContactView, 'phase' | 'agent'>>;
}

export interface VisitorWindow extends Shown {
  /** The contact on show, where the server knows of it. */
  readonly contact: string | null;
}

export interface AgentWindow extends Shown {
  /** As configured. */
  readonly agent: string;
  readonly status: Pick<AgentStatus, 'state'>;
  /** Contacts shown as theirs. */
  readonly assigned: readonly string[];
  /** Contacts shown as waiting. */
  readonly waiting: ReadonlyMap<string, unknown>;
}

/** All windows there are, and what the configuration says. */
export interface Clients {
  readonly visitors: readonly VisitorWindow[];
  readonly agents: readonly AgentWindow[];
  /** Contacts an agent may have at once, by agent. */
  readonly limits: ReadonlyMap<string, number>;
  /** Agents who may answer a service. */
  readonly eligible: (service: string) => readonly string[];
}

/** A timer may be so late, milliseconds: the machine is busy, and whoever minded it may have died. */
const LATE = 8_000;

type Complain = (rule: Rule, contact: string, detail: string) => void;

/** Holds what every client shows, once nothing goes on any more, against the store. `now`: milliseconds since the epoch. */
export function checkDesk(snapshot: Snapshot, clients: Clients, now: number): Violation[] {
  const violations: Violation[] = [];
  const complain: Complain = (rule, contact, detail) => violations.push({ rule, contact, detail });
  for (const visitor of clients.visitors) {
    const id = visitor.contact;
    const kept = id === null ? undefined : snapshot.get(id);
    if (id !== null && !kept) complain('lost', id, `${visitor.name} shows it, and it is not stored`);
    if (kept) compare(visitor, kept, complain);
  }
  for (const [id, kept] of snapshot) {
    checkAgents(id, kept, clients, complain);
    const due = contactDeadline(kept.contact);
    if (due !== null && due < now - LATE)
      complain(
        'forgotten',
        id,
        `something was due ${Math.round((now - due) / 1000)} s ago, and it is ${standing(kept)}`,
      );
    if (kept.contact.phase === 'waiting' || kept.contact.transfer) checkOffered(id, kept, clients, complain);
  }
  checkLimits(snapshot, clients, complain);
  return violations;
}

/** Exactly the windows of the agent who has it show it as theirs, and as it is. */
function checkAgents(id: string, kept: Kept, { agents }: Clients, complain: Complain): void {
  const { contact } = kept;
  const owner = contact.phase === 'assigned' ? contact.agent?.id : null;
  for (const agent of agents) {
    const shows = agent.assigned.includes(id);
    if (shows && agent.agent !== owner) {
      complain(
        owner ? 'two agents' : 'view',
        id,
        `${agent.name} shows it as theirs, and it is ${standing(kept)}`,
      );
    } else if (!shows && agent.agent === owner) {
      complain('forgotten', id, `it is ${standing(kept)}, and ${agent.name} does not show it`);
    } else if (shows) {
      compare(agent, kept, complain);
    }
  }
}

/** What waits is in the list of everybody who could take it now. */
function checkOffered(id: string, { contact }: Kept, clients: Clients, complain: Complain): void {
  const { agents, limits, eligible } = clients;
  const { transfer, preferred, service } = contact;
  const to = transfer?.to;
  for (const agent of agents) {
    const may = !to
      ? eligible(service.id).includes(agent.agent) || preferred === agent.agent
      : to.kind === 'agent'
        ? to.id === agent.agent
        : eligible(to.id).includes(agent.agent) && contact.agent?.id !== agent.agent;
    const free = (limits.get(agent.agent) ?? 0) - agent.assigned.length;
    if (may && free > 0 && agent.status.state === 'available' && !agent.waiting.has(id))
      complain(
        'forgotten',
        id,
        `it waits for ${to?.name ?? service.name}, and ${agent.name} does not see it`,
      );
  }
}

function checkLimits(snapshot: Snapshot, { limits }: Clients, complain: Complain): void {
  for (const [agent, limit] of limits) {
    const theirs = [...snapshot].filter(
      ([, { contact }]) => contact.phase === 'assigned' && contact.agent?.id === agent,
    );
    if (theirs.length > limit)
      complain(
        'limit',
        theirs.at(-1)?.[0] ?? '',
        `${agent} has ${theirs.length} contacts, and may have ${limit}`,
      );
  }
}

/** One client's log and view of a contact are the store's. */
function compare(client: Shown, { contact, log }: Kept, complain: Complain): void {
  const view = client.views.get(contact.id);
  if (view?.phase !== contact.phase || (view.agent?.id ?? null) !== (contact.agent?.id ?? null))
    complain(
      'view',
      contact.id,
      `${client.name} shows ${view?.phase} with ${view?.agent?.id}, and it is ${contact.phase} with ${contact.agent?.id}`,
    );
  const entries = client.transcripts.get(contact.id)?.entries ?? [];
  const expected = log.map((entry) => visibleTo(client.side, entry));
  const length = Math.max(entries.length, expected.length);
  for (let at = 0; at < length; at++) {
    const [shown, stored] = [entries[at], expected[at]];
    if (sameEntry(shown, stored)) continue;
    complain('view', contact.id, `${client.name} shows ${lineOf(shown)} where ${lineOf(stored)} is`);
    return;
  }
}

const sameEntry = (a: LogEntry | undefined, b: LogEntry | undefined): boolean =>
  a?.id === b?.id && a?.offset === b?.offset && a?.kind === b?.kind && textOf(a) === textOf(b);

const textOf = (entry: LogEntry | undefined): string | null => (entry && 'text' in entry ? entry.text : null);

const lineOf = (entry: LogEntry | undefined): string =>
  entry ? `${entry.id} at ${entry.offset}` : 'nothing';

const standing = ({ contact: { phase, agent } }: Kept): string =>
  agent ? `${phase} with ${agent.id}` : phase;
