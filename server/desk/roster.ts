import { isEligible } from '../../core/routing/eligibility.ts';
import type { Agent, Config, Service } from '../config/schema.ts';

/** Services and agents as configured, and who may answer what. */
export class Roster {
  readonly #services: ReadonlyMap<string, Service>;
  readonly #agents: ReadonlyMap<string, Agent>;
  /** Agents by the service they may answer. */
  readonly #eligible: ReadonlyMap<string, readonly string[]>;

  constructor(config: Config) {
    this.#services = new Map(config.services.map((service) => [service.id, service]));
    this.#agents = new Map(config.agents.map((agent) => [agent.id, agent]));
    this.#eligible = new Map(
      config.services.map((service) => {
        const routed = { ...service, requiredLanguage: service.requiredLanguage ?? null };
        return [service.id, config.agents.filter((agent) => isEligible(agent, routed)).map(({ id }) => id)];
      }),
    );
  }

  get services(): readonly Service[] {
    return [...this.#services.values()];
  }

  get agents(): readonly Agent[] {
    return [...this.#agents.values()];
  }

  service(id: string): Service | undefined {
    return this.#services.get(id);
  }

  agent(id: string): Agent | undefined {
    return this.#agents.get(id);
  }

  /** Ids of the agents who may answer the service; none for a service that is no longer configured. */
  eligible(service: string): readonly string[] {
    return this.#eligible.get(service) ?? [];
  }
}
