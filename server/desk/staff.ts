import type { AgentStatus, ServiceView } from '../../core/protocol/server-frames.ts';
import type { Hub } from '../hub.ts';
import type { Store } from '../store/port.ts';
import type { Roster } from './roster.ts';

const PRESENT: AgentStatus = { available: true, voice: true, video: true };

const keyOf = (agent: string): string => `agent/${agent}`;

/** What agents have switched on, and which services somebody would answer now. */
export class Staff {
  readonly #store: Store;
  readonly #hub: Hub;
  readonly #roster: Roster;
  readonly #status = new Map<string, AgentStatus>();
  readonly #staffed = new Map<string, boolean>();

  constructor(store: Store, hub: Hub, roster: Roster) {
    this.#store = store;
    this.#hub = hub;
    this.#roster = roster;
  }

  /** Reads what agents had switched before. */
  async load(): Promise<void> {
    for (const { id } of this.#roster.agents) {
      const document = await this.#store.get<AgentStatus>(keyOf(id));
      if (document) this.#status.set(id, document.value);
    }
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

  /** What visitors are shown of a configured service. */
  view(id: string): ServiceView | null {
    const service = this.#roster.service(id);
    if (!service) return null;
    const { name, language, greeting, channels } = service;
    return { id, name, language, greeting, channels, staffed: this.#isStaffed(id) };
  }

  /** Tells visitors of every service that has gained its first or lost its last agent. */
  announce(): void {
    for (const { id } of this.#roster.services) {
      const staffed = this.#isStaffed(id);
      if (staffed === (this.#staffed.get(id) ?? false)) continue;
      this.#staffed.set(id, staffed);
      const service = this.view(id);
      if (!service) continue;
      const visitors = this.#hub.all('visitor').filter((connection) => connection.visit?.service === id);
      this.#hub.send(visitors, { type: 'service.state', service });
    }
  }

  #isStaffed(service: string): boolean {
    return this.#roster
      .eligible(service)
      .some((agent) => this.#hub.has('agent', agent) && this.status(agent).available);
  }
}
