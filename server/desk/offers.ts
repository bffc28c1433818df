import type { Contact } from '../../core/contact/contact.ts';
import { waitingEntryOf } from '../../core/contact/view.ts';
import type { ServerFrame, WaitingEntry } from '../../core/protocol/server-frames.ts';
import { type Candidate, isOffered, isStarred, mayAnswer, type Routed } from '../../core/routing/offer.ts';
import { byTurn } from '../../core/routing/queue.ts';
import type { Hub } from '../hub.ts';
import { NOT_OFFERED, type Withdrawal } from './difference.ts';
import type { Directory } from './directory.ts';
import type { LiveContacts } from './live-contacts.ts';
import type { Roster } from './roster.ts';
import type { Staff } from './staff.ts';

/** An entry as an agent was last told of it. */
interface Told {
  readonly entry: WaitingEntry;
  readonly text: string;
}

export interface OffersDeps {
  readonly hub: Hub;
  readonly directory: Directory;
  readonly live: LiveContacts;
  readonly roster: Roster;
  readonly staff: Staff;
}

/** The contact as routing sees it. */
export const routedOf = ({ kind, preferred, transfer, agent }: Contact): Routed => ({
  kind,
  preferred,
  transfer: transfer && { to: transfer.to, from: agent?.id ?? '' },
});

/**
 * What each connected agent, wherever, was last told of the queue, so that only differences are sent. What is offered to whom follows
 * from the contact, and from what the agents are there for and how many contacts they have.
 */
export class Offers {
  readonly #hub: Hub;
  readonly #directory: Directory;
  readonly #live: LiveContacts;
  readonly #roster: Roster;
  readonly #staff: Staff;
  /** By agent, then by contact. */
  readonly #told = new Map<string, Map<string, Told>>();
  /** The connected agents, as routing last saw them. */
  readonly #candidates = new Map<string, Candidate>();

  constructor({ hub, directory, live, roster, staff }: OffersDeps) {
    this.#hub = hub;
    this.#directory = directory;
    this.#live = live;
    this.#roster = roster;
    this.#staff = staff;
  }

  /** What is offered to the agent, in the order of the queue. */
  to(agent: string): WaitingEntry[] {
    return [...(this.#told.get(agent)?.values() ?? [])].map(({ entry }) => entry).sort(byTurn);
  }

  /** The contact was changed; `withdrawal` says why those to whom it is offered no more do not see it. */
  contactChanged(contact: Contact, withdrawal: Withdrawal): void {
    this.#offer(contact, withdrawal);
  }

  /** The agent came, left, is there for something else, or has more or fewer contacts. */
  agentChanged(agent: string): void {
    const before = this.#candidates.get(agent);
    const now = this.#directory.has('agent', agent) ? this.#staff.candidate(agent) : undefined;
    if (now) this.#candidates.set(agent, now);
    else this.#candidates.delete(agent);
    if (!now) this.#told.delete(agent);
    if (capacityOf(before) === capacityOf(now)) return;
    // Who has just come is given the whole queue by the welcome.
    const newcomer = before ? undefined : agent;
    for (const contact of this.#live.queue())
      if (mayAnswer(agent, routedOf(contact), this.#roster.rulesOf(contact)))
        this.#offer(contact, NOT_OFFERED, newcomer);
  }

  /** Another configuration is in force. */
  configure(): void {
    for (const agent of this.#candidates.keys()) this.#candidates.set(agent, this.#staff.candidate(agent));
    for (const contact of this.#live.queue()) this.#offer(contact, NOT_OFFERED);
  }

  #offer(contact: Contact, { reason, by }: Withdrawal, newcomer?: string): void {
    const routed = routedOf(contact);
    const offeredTo = this.#offeredTo(contact, routed);
    const [plain, starred] = [toldOf(contact, false), toldOf(contact, true)];
    const hearers = { plain: [] as string[], starred: [] as string[], gone: [] as string[] };
    for (const agent of this.#candidates.keys()) {
      const told = this.#told.get(agent) ?? new Map<string, Told>();
      if (!offeredTo.includes(agent)) {
        if (told.delete(contact.id)) hearers.gone.push(agent);
        continue;
      }
      const star = isStarred(agent, routed, offeredTo);
      const next = star ? starred : plain;
      if (told.get(contact.id)?.text === next.text) continue;
      this.#told.set(agent, told.set(contact.id, next));
      if (agent !== newcomer) hearers[star ? 'starred' : 'plain'].push(agent);
    }
    this.#tell(hearers.plain, { type: 'waiting.put', entry: plain.entry });
    this.#tell(hearers.starred, { type: 'waiting.put', entry: starred.entry });
    this.#tell(hearers.gone, { type: 'waiting.gone', contact: contact.id, reason, by });
  }

  /** Agents to whom the contact is offered now; nobody, once it has left the queue. */
  #offeredTo(contact: Contact, routed: Routed): string[] {
    if (contact.phase !== 'waiting' && !contact.transfer) return [];
    const rules = this.#roster.rulesOf(contact);
    return [...this.#candidates.values()]
      .filter((candidate) => isOffered(candidate, routed, rules))
      .map(({ id }) => id);
  }

  #tell(agents: readonly string[], frame: ServerFrame): void {
    this.#hub.send(
      agents.flatMap((agent) => this.#hub.of('agent', agent)),
      frame,
    );
  }
}

function toldOf(contact: Contact, star: boolean): Told {
  const entry = waitingEntryOf(contact, star);
  return { entry, text: JSON.stringify(entry) };
}

/** All of a candidate that decides what may be offered to them. */
const capacityOf = (candidate: Candidate | undefined): string =>
  candidate ? `${candidate.available} ${candidate.free > 0} ${candidate.active === 0}` : '';
