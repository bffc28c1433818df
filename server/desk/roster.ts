import type { Contact } from '../../core/contact/contact.ts';
import { isEligible } from '../../core/routing/eligibility.ts';
import type { Rules } from '../../core/routing/offer.ts';
import type { Agent, Config, Service } from '../config/schema.ts';

/** Services and agents as configured, and who may answer what. */
export class Roster {
  #services: ReadonlyMap<string, Service> = new Map();
  #agents: ReadonlyMap<string, Agent> = new Map();
  /** Agents by the service they may answer. */
  #eligible: ReadonlyMap<string, readonly string[]> = new Map();
  /** Agents by the service whose tags they have, whatever they speak. */
  #skilled: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(config: Config) {
    this.configure(config);
  }

  /** Reads the configuration again. */
  configure({ services, agents }: Config): void {
    this.#services = new Map(services.map((service) => [service.id, service]));
    this.#agents = new Map(agents.map((agent) => [agent.id, agent]));
    const who = (service: Service, requiredLanguage: string | null) =>
      agents.filter((agent) => isEligible(agent, { ...service, requiredLanguage })).map(({ id }) => id);
    this.#eligible = new Map(
      services.map((service) => [service.id, who(service, service.requiredLanguage ?? null)]),
    );
    this.#skilled = new Map(services.map((service) => [service.id, who(service, null)]));
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

  /** Ids of the agents a colleague may hand a contact of the service over to, also where they lack the language. */
  skilled(service: string): readonly string[] {
    return this.#skilled.get(service) ?? [];
  }

  /** What decides whom the contact may be offered to, where it waits or is handed over to. */
  rulesOf({ service, transfer }: Contact): Rules {
    const id = transfer?.to.kind === 'service' ? transfer.to.id : service.id;
    return { eligible: this.eligible(id), videoAlone: this.service(id)?.videoAlone ?? false };
  }
}
