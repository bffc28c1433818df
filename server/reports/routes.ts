import { type Context, Hono } from 'hono';
import { readBearer, unauthorized } from '../auth/bearer.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { Config } from '../config/schema.ts';
import { failure } from '../failure.ts';
import { csvOf } from './csv.ts';
import { daysBetween, isDay } from './days.ts';
import type { Reports } from './reports.ts';

export interface ReportRoutesDeps {
  readonly reports: Pick<Reports, 'read'>;
  readonly tokens: Pick<Tokens, 'verifyAgent' | 'verifyVisitor'>;
  readonly config: Config;
}

const MAX_DAYS = 366;
const READ = 'read the report';

/** `/api/reports` and `/api/reports.csv`, for agents who may read them. */
export function createReportRoutes({ reports, tokens, config }: ReportRoutesDeps): Hono {
  const app = new Hono();
  const answer = async (c: Context, send: (from: string, to: string) => Promise<Response>) => {
    const read = await readBearer(c.req.header('authorization'), tokens);
    if (!read.ok) return unauthorized(c, read.code, READ);
    const { side, id } = read.bearer;
    const agent = side === 'agent' ? config.agents.find((known) => known.id === id) : undefined;
    if (!agent?.reports) return failure(c, 403, 'report.forbidden', `${READ}: you may not read the reports`);
    const [from = '', to = ''] = [c.req.query('from'), c.req.query('to')];
    for (const [name, day] of Object.entries({ from, to }))
      if (!isDay(day))
        return failure(c, 400, 'report.date', `${READ}: ${name} is not a date such as 2026-11-20`, {
          field: name,
        });
    const days = daysBetween(from, to);
    if (days < 1) return failure(c, 400, 'report.date', `${READ}: to is before from`, { field: 'to' });
    if (days > MAX_DAYS)
      return failure(c, 400, 'report.date', `${READ}: to is more than ${MAX_DAYS} days after from`, {
        field: 'to',
      });
    c.header('cache-control', 'no-store');
    return send(from, to);
  };
  app.get('/api/reports', (c) => answer(c, async (from, to) => c.json(await reports.read(from, to))));
  app.get('/api/reports.csv', (c) =>
    answer(c, async (from, to) => {
      c.header('content-type', 'text/csv; charset=utf-8; header=present');
      c.header('content-disposition', `attachment; filename="report-${from}-${to}.csv"`);
      return c.body(csvOf(await reports.read(from, to)));
    }),
  );
  return app;
}
