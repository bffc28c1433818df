import assert from 'node:assert/strict';
import { emptyRow, type Report, type ReportRow } from '../../core/reports/rows.ts';
import { csvOf } from '../../server/reports/csv.ts';
import { dayIn, daysBetween, daysFrom, isDay, isOver } from '../../server/reports/days.ts';
import type { FactRecord } from '../../server/reports/fact-record.ts';
import { Reports } from '../../server/reports/reports.ts';
import type { Store } from '../../server/store/port.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { converse } from '../support/conversation.ts';
import { agentToken } from '../support/sending.ts';
import { demoConfig, startServer, type TestServer } from '../support/server.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;

const aFact = (id: string, at: number, more: Partial<FactRecord> = {}): FactRecord => ({
  id,
  at,
  fact: 'opened',
  service: 'sales',
  agent: null,
  kind: 'chat',
  seconds: null,
  score: null,
  ...more,
});

const ask = async (server: TestServer, path: string, agent = 'anna'): Promise<Response> =>
  fetch(`${server.url}/api/${path}`, {
    headers: { authorization: `Bearer ${await agentToken(server, agent)}` },
  });

const only = (row: ReportRow | undefined, ...fields: (keyof ReportRow)[]): unknown[] =>
  fields.map((field) => row?.[field]);

/** A store that counts the log entries that are read from it. */
function counting(store: Store): Store & { entriesRead: number } {
  const counted: Store & { entriesRead: number } = Object.create(store, {
    entriesRead: { value: 0, writable: true },
  });
  for (const name of ['get', 'put', 'append', 'list'] as const)
    Object.defineProperty(counted, name, { value: (store[name] as () => unknown).bind(store) });
  Object.defineProperty(counted, 'read', {
    value: async (...request: Parameters<Store['read']>) => {
      const page = await store.read(...request);
      counted.entriesRead += page.entries.length;
      return page;
    },
  });
  return counted;
}

async function withReports(
  run: (
    reports: Reports,
    again: (clock?: () => number) => Reports,
    store: Store & { entriesRead: number },
  ) => Promise<void>,
): Promise<void> {
  const file = await openSqlite(':memory:');
  const store = counting(file);
  const config = await demoConfig();
  const again = (clock = () => NOON) => new Reports({ store, config, clock });
  await run(again(), again, store);
  await file.close();
}

Deno.test('S12 a contact from the queue to its rating is in the report, by service and agent', async () => {
  let now = NOON;
  await using server = await startServer({ clock: () => now });
  const { visitor, agent } = await converse(server);
  now += 20_000;
  agent.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'Hello' });
  await visitor.client.entries(1);
  now += 40_000;
  agent.client.send({ type: 'contact.end', contact: 'c1' });
  await visitor.client.state(({ phase }) => phase === 'ended');
  visitor.client.send({ type: 'contact.rate', contact: 'c1', score: 4, comment: '' });
  await visitor.client.state(({ rating }) => rating !== null);
  const other = await server.visitor({ service: 'support' });
  other.client.send({ type: 'contact.open', contact: 'c2', service: 'support', kind: 'voice' });
  await agent.client.next('waiting.put', ({ entry }) => entry.contact === 'c2');
  now += 5_000;
  other.client.send({ type: 'contact.end', contact: 'c2' });
  await agent.client.next('waiting.gone', ({ contact }) => contact === 'c2');
  const report: Report = await (await ask(server, 'reports?from=2026-11-20&to=2026-11-20')).json();
  assert.deepEqual([report.from, report.to], ['2026-11-20', '2026-11-20']);
  assert.deepEqual(report.services, { sales: 'Sales', support: 'Support' });
  assert.equal(report.agents.anna, 'Anna');
  const row = (service: string, id: string | null) =>
    report.rows.find((one) => one.service === service && one.agent === id);
  assert.equal(report.rows.length, 3);
  assert.deepEqual(only(row('sales', null), 'day', 'opened', 'kinds'), [
    '2026-11-20',
    1,
    { chat: 1, voice: 0, video: 0, callback: 0, lead: 0 },
  ]);
  assert.deepEqual(
    only(
      row('sales', 'anna'),
      'taken',
      'waitSum',
      'answered',
      'firstAnswerSum',
      'ended',
      'durationSum',
      'rated',
      'scoreSum',
    ),
    [1, 0, 1, 20, 1, 60, 1, 4],
  );
  assert.deepEqual(only(row('support', null), 'opened', 'abandoned'), [1, 1]);
});

Deno.test('S12 S6 facts that a crash kept from being counted are counted at the next start, once', async () => {
  const store = await openSqlite(':memory:');
  const first = await startServer({ store, clock: () => NOON });
  const { token } = await converse(first);
  assert.ok(token);
  await first.stop();
  // As if the process had died between the commit of the contact and what follows from it.
  const fresh = await openSqlite(':memory:');
  for (const prefix of ['contact/', 'live/'])
    for (const { key, value } of await store.list(prefix)) await fresh.put(key, value, null);
  await store.close();
  for (let life = 0; life < 2; life++) {
    await using server = await startServer({ store: fresh, clock: () => NOON });
    const report: Report = await (await ask(server, 'reports?from=2026-11-20&to=2026-11-20')).json();
    assert.deepEqual(
      report.rows.map((row) => only(row, 'agent', 'opened', 'taken')),
      [['anna', 0, 1]],
    );
  }
  await fresh.close();
});

Deno.test('S12 writing a fact again counts once, also by several at once', () =>
  withReports(async (reports, again) => {
    await reports.add([aFact('c1-1-0', NOON), aFact('c2-1-0', NOON)]);
    await again().add([aFact('c1-1-0', NOON)]);
    const readings = await Promise.all([1, 2, 3].map(() => reports.read('2026-11-20', '2026-11-20')));
    for (const { rows } of readings) assert.equal(rows[0]?.opened, 2);
    assert.equal((await again().read('2026-11-20', '2026-11-20')).rows[0]?.opened, 2);
  }));

Deno.test('S12 what was counted is not read again: today from memory, other days from the store', () =>
  withReports(async (reports, again, store) => {
    const facts = (day: number) =>
      Array.from({ length: 600 }, (_, i) => aFact(`d${day}-c${i}-1-0`, NOON - day * DAY));
    await reports.add([...facts(0), ...facts(5)]);
    const opened = async (from: Reports) => {
      store.entriesRead = 0;
      const { rows } = await from.read('2026-11-01', '2026-11-20');
      return [rows.reduce((sum, row) => sum + row.opened, 0), store.entriesRead];
    };
    assert.deepEqual(await opened(reports), [1200, 1200]);
    assert.deepEqual(await opened(reports), [1200, 0]);
    await reports.add([aFact('late-1-0', NOON)]);
    assert.deepEqual(await opened(reports), [1201, 1]);
    const restarted = again();
    await restarted.start();
    assert.deepEqual(await opened(restarted), [1201, 0]);
    // Told late, by a process that was down for days.
    await reports.add([aFact('later-1-0', NOON - 5 * DAY)]);
    assert.deepEqual(await opened(again()), [1202, 602]);
    assert.deepEqual(await opened(again()), [1202, 601]);
  }));

Deno.test('S12 days are those of the zone of the service', async () => {
  const config = await demoConfig();
  const hours = {
    zone: 'Pacific/Auckland',
    week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
    closed: [],
  };
  const services = config.services.map((service) =>
    service.id === 'sales' ? { ...service, hours } : service,
  );
  const store = await openSqlite(':memory:');
  const reports = new Reports({ store, config: { ...config, services }, clock: () => NOON });
  await reports.add([aFact('c1-1-0', NOON), aFact('c2-1-0', NOON, { service: 'support' })]);
  const { rows } = await reports.read('2026-11-20', '2026-11-21');
  assert.deepEqual(
    rows.map(({ day, service }) => [day, service]),
    [
      ['2026-11-20', 'support'],
      ['2026-11-21', 'sales'],
    ],
  );
  await store.close();
});

Deno.test('S12 who is gone from the configuration goes by the id', () =>
  withReports(async (reports) => {
    await reports.add([aFact('c1-2-0', NOON, { fact: 'taken', service: 'old', agent: 'zoe', seconds: 3 })]);
    const { services, agents } = await reports.read('2026-11-20', '2026-11-20');
    assert.deepEqual([services.old, agents.zoe, agents.anna], ['old', 'zoe', 'Anna']);
  }));

Deno.test('S12 only agents who may read the reports do, and only over a sensible span', async () => {
  const { agents } = await demoConfig();
  await using server = await startServer({
    config: { agents: agents.map((agent) => (agent.id === 'ben' ? { ...agent, reports: false } : agent)) },
  });
  const visitor = (await server.visitor()).welcome.you;
  assert.ok(visitor.side === 'visitor');
  const path = `${server.url}/api/reports?from=2026-11-20&to=2026-11-20`;
  const of = async (response: Response): Promise<unknown[]> => {
    const { code, field, message } = await response.json();
    assert.match(message, /^Cannot read the report: .+\.$/);
    return [response.status, code, field];
  };
  assert.deepEqual(await of(await fetch(path)), [401, 'token.missing', undefined]);
  const asVisitor = { authorization: `Bearer ${visitor.token}` };
  assert.deepEqual(await of(await fetch(path, { headers: asVisitor })), [403, 'report.forbidden', undefined]);
  for (const agent of ['ben', 'nobody'])
    assert.deepEqual(await of(await ask(server, 'reports?from=2026-11-20&to=2026-11-20', agent)), [
      403,
      'report.forbidden',
      undefined,
    ]);
  const spans: [string, string][] = [
    ['', 'from'],
    ['from=2026-11-20', 'to'],
    ['from=yesterday&to=2026-11-20', 'from'],
    ['from=2026-02-30&to=2026-11-20', 'from'],
    ['from=2026-11-20&to=2026-11-20T00:00', 'to'],
    ['from=2026-11-21&to=2026-11-20', 'to'],
    ['from=2025-11-19&to=2026-11-20', 'to'],
  ];
  for (const kind of ['reports', 'reports.csv'])
    for (const [span, field] of spans)
      assert.deepEqual(await of(await ask(server, `${kind}?${span}`)), [400, 'report.date', field], span);
  assert.equal((await ask(server, 'reports?from=2025-11-20&to=2026-11-20')).status, 200);
});

Deno.test('S12 the CSV has averages, is read as UTF-8, and begins no formula', () => {
  const row: ReportRow = { ...emptyRow('2026-11-20', 'sales', 'anna'), taken: 3, waitSum: 10, waitMax: 6 };
  const csv = csvOf({
    from: '2026-11-20',
    to: '2026-11-20',
    services: { sales: 'Sales, "big"\nand small' },
    agents: { anna: '=HYPERLINK("https://evil.example")' },
    rows: [row, emptyRow('2026-11-20', '-sales', null)],
  });
  assert.ok(csv.startsWith('\u{FEFF}day,service,service_name,agent,agent_name,opened,'));
  const [heading = '', ...lines] = csv.slice(1).split('\r\n');
  assert.equal(
    lines[0],
    `2026-11-20,sales,"Sales, ""big""\nand small",anna,"'=HYPERLINK(""https://evil.example"")",0,0,0,0,0,0,3,3.33,6,0,,0,0,0,0,0,0,,0,`,
  );
  assert.equal(lines[1], "2026-11-20,'-sales,'-sales,,,0,0,0,0,0,0,0,,,0,,0,0,0,0,0,0,,0,");
  assert.equal(heading.split(',').length, 25);
  assert.deepEqual(lines.slice(2), ['']);
});

Deno.test('S12 the CSV is a file of its own name', async () => {
  await using server = await startServer();
  const response = await ask(server, 'reports.csv?from=2026-11-01&to=2026-11-20');
  assert.match(response.headers.get('content-type') ?? '', /^text\/csv; charset=utf-8/);
  assert.equal(
    response.headers.get('content-disposition'),
    'attachment; filename="report-2026-11-01-2026-11-20.csv"',
  );
  assert.deepEqual([...new Uint8Array(await response.arrayBuffer()).slice(0, 3)], [0xef, 0xbb, 0xbf]);
});

Deno.test('S12 days are counted over months, leap years and changes of the clocks', () => {
  assert.deepEqual(
    [...daysFrom('2028-02-27', '2028-03-01')],
    ['2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01'],
  );
  assert.equal(daysBetween('2026-01-01', '2026-12-31'), 365);
  assert.equal(daysBetween('2026-10-24', '2026-10-26'), 3);
  assert.equal(daysBetween('2026-11-20', '2026-11-19'), 0);
  for (const day of ['2026-02-29', '2026-13-01', '2026-1-1', '', '0000-00-00', '2026-11-20 '])
    assert.equal(isDay(day), false, day);
  assert.equal(isDay('2028-02-29'), true);
  assert.equal(dayIn('Europe/Berlin', Date.UTC(2026, 11, 31, 23)), '2027-01-01');
  assert.equal(isOver('2026-11-20', Date.UTC(2026, 10, 21, 12)), false);
  assert.equal(isOver('2026-11-20', Date.UTC(2026, 10, 21, 12) + 1), true);
});
