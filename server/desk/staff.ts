import type { AgentStatus } from '../../core/protocol/server-frames.ts';
import type { Candidate } from '../../core/routing/offer.ts';
import type { Store } from '../store/port.ts';
import type { Directory } from './directory.ts';
import type { LiveContacts } from './live-contacts.ts';
import type { Roster } from './roster.ts';

const PRESENT: AgentStatus = { state: 'available', reason: null, voice: true, video: true };

const keyOf = (agent: string): string => `agent/${agent}`;

export interface StaffDeps {
  readonly store: Store;
  readonly directory: Directory;
  readonly roster: Roster;
  readonly live: LiveContacts;
}

/** What agents have switched on, how much more they can take, and which services somebody would answer now. */
export class Staff {
  readonly #store: Store;
  readonly #directory: Directory;
  readonly #roster: Roster;
  readonly #live: LiveContacts;
  readonly #status = new Map<string, AgentStatus>();

  constructor({ store, directory, roster, live }: StaffDeps) {
    this.#store = store;
    this.#directory = directory;
    this.#roster = roster;
    this.#live = live;
  }

  /** Reads what agents had switched before. */
  async load(): Promise<void> {
    for (const { id } of this.#roster.agents) await this.read(id);
  }

  /** Reads what an agent has switched, here or at another instance. */
  async read(agent: string): Promise<AgentStatus> {
    const document = await this.#store.get<AgentStatus>(keyOf(agent));
    // An earlier version knew only of being there or not, under another name.
    if (document) this.#status.set(agent, { ...PRESENT, ...document.value });
    return this.status(agent);
  }

  status(agent: string): AgentStatus {
    return this.#status.get(agent) ?? PRESENT;
  }

  async set(agent: string, status: AgentStatus): Promise<void> {
    const key = keyOf(agent);
    let written: string | null = null;
    while (written === null) {
      const document = await this.#store.get<AgentStatus>(key);
      written = await this.#store.put(key, status, document?.version ?? null);
    }
    this.#status.set(agent, status);
  }

  /** The agent as routing sees them now. Who is no longer configured keeps what they have and gets nothing more. */
  candidate(agent: string, active = this.#live.count('agent', agent)): Candidate {
    const limit = this.#roster.agent(agent)?.limit ?? 0;
    return { id: agent, available: this.isAvailable(agent), free: Math.max(0, limit - active), active };
  }

  isAvailable(agent: string): boolean {
    return this.#directory.has('agent', agent) && this.status(agent).state === 'available';
  }

  /** Whether anyone is there to answer the service. */
  isStaffed(service: string): boolean {
    return this.#roster.eligible(service).some((agent) => this.isAvailable(agent));
  }
}
