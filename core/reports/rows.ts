import { CONTACT_KINDS, type ContactKind } from '../contact/model.ts';
import type { Fact } from './facts.ts';

/** What one agent (null: nobody in particular) did for one service on one day. Sums are of seconds. */
export interface ReportRow {
  /** In the time zone of the service, `2026-11-20`. */
  readonly day: string;
  readonly service: string;
  readonly agent: string | null;
  readonly opened: number;
  readonly kinds: Readonly<Record<ContactKind, number>>;
  readonly taken: number;
  readonly waitSum: number;
  readonly waitMax: number;
  readonly answered: number;
  readonly firstAnswerSum: number;
  readonly dissuaded: number;
  readonly abandoned: number;
  readonly converted: number;
  readonly requeued: number;
  readonly transferred: number;
  readonly ended: number;
  readonly durationSum: number;
  readonly rated: number;
  readonly scoreSum: number;
}

/** The answer of `GET /api/reports`. */
export interface Report {
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
  readonly services: Readonly<Record<string, string>>;
  readonly agents: Readonly<Record<string, string>>;
  readonly rows: readonly ReportRow[];
}

export const emptyRow = (day: string, service: string, agent: string | null): ReportRow => ({
  day,
  service,
  agent,
  opened: 0,
  kinds: Object.fromEntries(CONTACT_KINDS.map((kind) => [kind, 0])) as Record<ContactKind, number>,
  taken: 0,
  waitSum: 0,
  waitMax: 0,
  answered: 0,
  firstAnswerSum: 0,
  dissuaded: 0,
  abandoned: 0,
  converted: 0,
  requeued: 0,
  transferred: 0,
  ended: 0,
  durationSum: 0,
  rated: 0,
  scoreSum: 0,
});

/** The row with one more fact counted. */
export function addFact(row: ReportRow, { fact, kind, seconds, score }: Fact): ReportRow {
  const counted = { ...row, [fact]: row[fact] + 1 };
  const length = seconds ?? 0;
  switch (fact) {
    case 'opened':
      return { ...counted, kinds: { ...row.kinds, [kind]: row.kinds[kind] + 1 } };
    case 'taken':
      return { ...counted, waitSum: row.waitSum + length, waitMax: Math.max(row.waitMax, length) };
    case 'answered':
      return { ...counted, firstAnswerSum: row.firstAnswerSum + length };
    case 'ended':
      return { ...counted, durationSum: row.durationSum + length };
    case 'rated':
      return { ...counted, scoreSum: row.scoreSum + (score ?? 0) };
    default:
      return counted;
  }
}
