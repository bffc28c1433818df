import { createTokens } from '../../server/auth/tokens.ts';
import { configFile } from '../support/config-file.ts';
import { SECRET } from '../support/server.ts';
import { Agent } from './agent.ts';
import type { Clients } from './check-desk.ts';
import type { Participant } from './participant.ts';
import type { Random } from './random.ts';
import { Visitor } from './visitor.ts';
import type { Witness } from './witness.ts';

/** Long enough for a whole run, seconds. */
const SHIFT = 24 * 60 * 60;

const SERVICES = ['sales', 'support'] as const;
const LIMIT = 4;

export interface TownOptions {
  readonly random: Random;
  readonly witness: Witness;
  readonly addresses: readonly string[];
  readonly visitors: number;
  readonly agents: number;
  /** Milliseconds between two doings of one client, between two bounds. */
  readonly pace: readonly [low: number, high: number];
}

interface ConfiguredAgent {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/** Every other agent answers one service alone. */
const agentsOf = (count: number): ConfiguredAgent[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `agent${n + 1}`,
    name: `Agent ${n + 1}`,
    tags: n % 2 === 0 ? [...SERVICES] : ['sales'],
  }));

/** Writes a configuration in which everything that takes time takes little. */
export async function configureTown(path: string, agents: number): Promise<void> {
  const file = await configFile(path);
  await file.change((config) => {
    config.graceSeconds = 4;
    config.agents = agentsOf(agents).map((agent) => ({ ...agent, languages: ['en'], limit: LIMIT }));
    for (const service of config.services)
      Object.assign(service, { maxWaitSeconds: 15, ringSeconds: 4, transferSeconds: 5 });
  });
}

/** Everybody there is, and what the configuration says of them. */
export interface Town extends Clients {
  readonly visitors: readonly Visitor[];
  readonly agents: readonly Agent[];
  readonly everybody: readonly Participant[];
}

/** Lets people move in: visitors with a window each, agents of whom the first has two. */
export async function populate(options: TownOptions): Promise<Town> {
  const configured = agentsOf(options.agents);
  const tokens = createTokens(SECRET, Date.now);
  const visitors = Array.from(
    { length: options.visitors },
    (_, n) =>
      new Visitor(`v${n + 1}`, { ...options, services: SERVICES, agents: configured.map(({ id }) => id) }),
  );
  const agents: Agent[] = [];
  for (const { id } of configured) {
    const token = await tokens.signAgent({ agent: id, expiresIn: SHIFT });
    agents.push(new Agent(id, { ...options, agent: id, token }));
    if (agents.length === 1) agents.push(new Agent(`${id}-2`, { ...options, agent: id, token }));
  }
  return {
    visitors,
    agents,
    everybody: [...visitors, ...agents],
    limits: new Map(configured.map(({ id }) => [id, LIMIT])),
    eligible: (service) => configured.filter(({ tags }) => tags.includes(service)).map(({ id }) => id),
  };
}
