import type { Fact } from '../../core/reports/facts.ts';
import { addFact, emptyRow, type ReportRow } from '../../core/reports/rows.ts';

/** The facts of one day, counted as far as its log was read. */
export class Tally {
  readonly #day: string;
  readonly #rows = new Map<string, ReportRow>();
  #head: number;

  constructor(day: string, head = 0, rows: readonly ReportRow[] = []) {
    this.#day = day;
    this.#head = head;
    for (const row of rows) this.#rows.set(keyOf(row), row);
  }

  /** Offset of the newest fact counted. */
  get head(): number {
    return this.#head;
  }

  get rows(): ReportRow[] {
    return [...this.#rows.values()];
  }

  /** Counts the fact at an offset, which is the next one after {@link head}. */
  add(offset: number, fact: Fact): void {
    this.#head = offset;
    const key = keyOf(fact);
    const row = this.#rows.get(key) ?? emptyRow(this.#day, fact.service, fact.agent);
    this.#rows.set(key, addFact(row, fact));
  }
}

const keyOf = ({ service, agent }: Pick<Fact, 'service' | 'agent'>): string => `${service}/${agent ?? ''}`;
