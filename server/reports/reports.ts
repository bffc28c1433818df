import type { Report, ReportRow } from '../../core/reports/rows.ts';
import type { Config } from '../config/schema.ts';
import type { Store } from '../store/port.ts';
import { dayIn, daysFrom, isOver } from './days.ts';
import type { FactRecord } from './fact-record.ts';
import { Tally } from './tally.ts';

/** A day counted to its end. */
interface CountedDay {
  readonly head: number;
  readonly rows: readonly ReportRow[];
}

export interface ReportsDeps {
  readonly store: Store;
  readonly config: Config;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** Largest document that every store takes, with room for its key. */
const MAX_DOCUMENT = 60_000;
/** Days that are held in memory. */
const MAX_DAYS = 800;

/** No contact has such an id, so no contact's log is mistaken for this. */
const keyOf = (day: string): string => `report/${day}`;

/**
 * Numbers of the days. Each fact is a line in the log of its day and is counted once: what was counted stays in memory, and
 * of days that are over in the store, so that a question reads only what came since the one before.
 */
export class Reports {
  readonly #store: Store;
  readonly #config: Config;
  readonly #clock: () => number;
  readonly #tallies = new Map<string, Promise<Tally>>();

  constructor({ store, config, clock }: ReportsDeps) {
    this.#store = store;
    this.#config = config;
    this.#clock = clock;
  }

  /** Writes facts. Those that were written before change nothing; gives the others. */
  async add(facts: readonly FactRecord[]): Promise<FactRecord[]> {
    const appended = await Promise.all(
      facts.map((fact) => this.#store.append(keyOf(dayIn(this.#zoneOf(fact.service), fact.at)), fact)),
    );
    return facts.filter((_, n) => !appended[n]?.duplicate);
  }

  /** Counts what there is of today, so that the first question need not. */
  async start(): Promise<void> {
    await this.#count(dayIn('UTC', this.#clock()));
  }

  /** The days from the first to the last, both included, oldest first. */
  async read(from: string, to: string): Promise<Report> {
    const tallies = await Promise.all([...daysFrom(from, to)].map((day) => this.#count(day)));
    const rows = tallies.flatMap((tally) => tally.rows);
    const { services, agents } = this.#config;
    return {
      from,
      to,
      services: namesOf(services, new Set(rows.map(({ service }) => service))),
      agents: namesOf(agents, new Set(rows.map(({ agent }) => agent))),
      rows,
    };
  }

  #zoneOf(service: string): string {
    return this.#config.services.find(({ id }) => id === service)?.hours?.zone ?? 'UTC';
  }

  /** One after the other for one day, so that nothing is counted twice. */
  #count(day: string): Promise<Tally> {
    const before = this.#tallies.get(day);
    const tally = before ? before.then((counted) => this.#continue(day, counted)) : this.#begin(day);
    this.#tallies.delete(day);
    this.#tallies.set(day, tally);
    const [longestUnasked = ''] = this.#tallies.keys();
    if (this.#tallies.size > MAX_DAYS) this.#tallies.delete(longestUnasked);
    tally.catch(() => this.#tallies.delete(day));
    return tally;
  }

  async #begin(day: string): Promise<Tally> {
    const kept = (await this.#store.get<CountedDay>(keyOf(day)))?.value;
    return this.#continue(day, new Tally(day, kept?.head, kept?.rows));
  }

  async #continue(day: string, tally: Tally): Promise<Tally> {
    const counted = tally.head;
    while (true) {
      const { head, entries } = await this.#store.read<FactRecord>(keyOf(day), tally.head);
      for (const { offset, record } of entries) tally.add(offset, record);
      if (entries.length === 0 || tally.head >= head) break;
    }
    if (tally.head > counted && isOver(day, this.#clock())) await this.#keep(day, tally);
    return tally;
  }

  /** Whoever keeps it first, and however far: the rest is counted from the log again. */
  async #keep(day: string, { head, rows }: Tally): Promise<void> {
    const value: CountedDay = { head, rows };
    if (JSON.stringify(value).length > MAX_DOCUMENT) return;
    const document = await this.#store.get<CountedDay>(keyOf(day));
    await this.#store.put(keyOf(day), value, document?.version ?? null);
  }
}

/** What to call those that occur; who is gone from the configuration goes by the id. */
function namesOf(
  known: readonly { readonly id: string; readonly name: string }[],
  occurring: ReadonlySet<string | null>,
): Record<string, string> {
  const names: Record<string, string> = {};
  for (const id of occurring) if (id !== null) names[id] = id;
  for (const { id, name } of known) names[id] = name;
  return names;
}
