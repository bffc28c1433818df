import { MAX_RESPONSES } from '../../core/protocol/limits.ts';
import type { CannedResponse, SharedResponse } from '../../core/protocol/schemas.ts';
import type { Connection } from '../connection.ts';
import type { Store } from '../store/port.ts';
import { done, type Outcome, refuse } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import type { Roster } from './roster.ts';

/** One document for each: all of an agent's together would be more than some stores take. */
const prefixOf = (agent: string): string => `responses/${agent}/`;

/** Texts kept ready: those of the configuration, and those that agents keep for themselves. */
export class Responses {
  readonly #store: Store;
  readonly #roster: Roster;

  constructor(store: Store, roster: Roster) {
    this.#store = store;
    this.#roster = roster;
  }

  /** Those of the services the agent may answer. */
  shared(agent: string): SharedResponse[] {
    return this.#roster.services
      .filter(({ id }) => this.#roster.eligible(id).includes(agent))
      .flatMap(({ id, responses }) => responses.map((response) => ({ ...response, service: id })));
  }

  /** The agent's own. */
  async own(agent: string): Promise<CannedResponse[]> {
    const documents = await this.#store.list<CannedResponse>(prefixOf(agent), { limit: MAX_RESPONSES });
    return documents.map(({ value }) => value);
  }

  async put(agent: string, response: CannedResponse): Promise<Outcome> {
    const key = prefixOf(agent) + response.id;
    while (true) {
      const document = await this.#store.get<CannedResponse>(key);
      if (!document && (await this.own(agent)).length >= MAX_RESPONSES)
        return refuse('response.too-many', `there are ${MAX_RESPONSES} already`);
      if ((await this.#store.put(key, response, document?.version ?? null)) !== null) return done;
    }
  }

  async delete(agent: string, id: string): Promise<Outcome> {
    const key = prefixOf(agent) + id;
    while (true) {
      const document = await this.#store.get<CannedResponse>(key);
      if (!document) return refuse('response.unknown', 'there is no such response of yours');
      if (await this.#store.delete(key, document.version)) return done;
    }
  }
}

/** Adds or changes a response of the agent's own. All windows of the agent follow. */
export const putResponse = (desk: DeskParts, from: Connection, response: CannedResponse): Promise<Outcome> =>
  change(desk, from, () => desk.responses.put(from.id, response));

export const deleteResponse = (desk: DeskParts, from: Connection, id: string): Promise<Outcome> =>
  change(desk, from, () => desk.responses.delete(from.id, id));

function change(desk: DeskParts, from: Connection, work: () => Promise<Outcome>): Promise<Outcome> {
  // In turn, so that two windows together cannot keep more than one alone, and hear of changes in their order.
  return desk.turns.run(`responses/${from.id}`, async () => {
    const outcome = await work();
    if (outcome.ok) {
      desk.cluster.tell({ type: 'responses', agent: from.id });
      await showResponses(desk, from.id);
    }
    return outcome;
  });
}

/** Tells the windows of an agent that are connected here what responses they have. */
export async function showResponses(desk: DeskParts, agent: string): Promise<void> {
  const windows = desk.hub.of('agent', agent);
  if (windows.length > 0)
    desk.hub.send(windows, { type: 'responses.state', own: await desk.responses.own(agent) });
}
