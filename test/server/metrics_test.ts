import assert from 'node:assert/strict';
import { exposition } from '../../server/metrics/exposition.ts';
import { Registry } from '../../server/metrics/registry.ts';
import { type Store, StoreError } from '../../server/store/port.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { converse } from '../support/conversation.ts';
import { type Metric, parseExposition } from '../support/exposition.ts';
import { connect } from '../support/frames.ts';
import { startServer, type TestServer } from '../support/server.ts';

async function metricsOf({ url }: Pick<TestServer, 'url'>): Promise<Map<string, Metric>> {
  const response = await fetch(`${url}/metrics`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
  return parseExposition(await response.text());
}

/** The value of a sample; 0 where it is not there (yet). */
async function sampleOf(server: Pick<TestServer, 'url'>, sample: string): Promise<number> {
  for (const { samples } of (await metricsOf(server)).values()) {
    const value = samples.get(sample);
    if (value !== undefined) return value;
  }
  return 0;
}

Deno.test('S10 what is written down is what the format says, whatever the labels and numbers are', () => {
  const registry = new Registry();
  const counters = registry.counters('odd_total', 'Back\\slash and\nline feed.', ['path', 'code']);
  counters.of('C:\\ "quoted"\nand broken', 'x').add(3);
  counters.of('C:\\ "quoted"\nand broken', 'x').add();
  registry.read('gauge', 'numbers', 'Every kind.', () => [
    [{ is: 'large' }, 1e21],
    [{ is: 'small' }, 1.5e-7],
    [{ is: 'negative' }, -1],
    [{ is: 'endless' }, Number.POSITIVE_INFINITY],
    [{ is: 'none' }, Number.NaN],
  ]);
  const histogram = registry.histogram('sizes', 'Sizes.', [1, 2.5]);
  for (const size of [0, 1, 1.1, 2.5, 3, 100]) histogram.observe(size);
  const metrics = parseExposition(exposition(registry.families));
  assert.deepEqual(
    [...(metrics.get('odd_total')?.samples ?? [])],
    [['odd_total{path="C:\\\\ \\"quoted\\"\\nand broken",code="x"}', 4]],
  );
  assert.equal(metrics.get('odd_total')?.help, 'Back\\\\slash and\\nline feed.');
  assert.deepEqual([...(metrics.get('numbers')?.samples.values() ?? [])], [1e21, 1.5e-7, -1, Infinity, NaN]);
  assert.deepEqual(
    [...(metrics.get('sizes')?.samples ?? [])],
    [
      ['sizes_bucket{le="1"}', 2],
      ['sizes_bucket{le="2.5"}', 4],
      ['sizes_bucket{le="+Inf"}', 6],
      ['sizes_sum', 107.6],
      ['sizes_count', 6],
    ],
  );
});

Deno.test('S10 the reader of the tests refuses what Prometheus would', () => {
  const head = '# HELP a_total A.\n# TYPE a_total counter\n';
  for (const text of [
    `${head}a_total 1`,
    `${head}a_total 1\n\n`,
    `${head}a_total{} 1\n`,
    `${head}a_total{b="c} 1\n`,
    `${head}a_total{b="c",} 1\n`,
    `${head}a_total{b="c",b="d"} 1\n`,
    `${head}a_total{b="\\x"} 1\n`,
    `${head}a_total 1\na_total 2\n`,
    `${head}a_total one\n`,
    `${head}a_total -1\n`,
    `${head}b_total 1\n`,
    `${head}a_total 1\n${head}`,
    '# TYPE a_total counter\na_total 1\n',
    '# HELP a A.\n# TYPE a counter\na 1\n',
    '# HELP a A.\n# TYPE a histogram\na_bucket{le="1"} 1\na_sum 1\na_count 1\n',
    '# HELP a A.\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
    '# HELP a A.\n# TYPE a histogram\na_bucket{le="+Inf"} 1\na_sum 1\na_count 2\n',
    'a_total 1\n',
  ])
    assert.throws(() => parseExposition(text), /^Error: Cannot read/, text);
});

Deno.test('S10 sockets, contacts, calls, waits and messages are counted as they come and go', async () => {
  await using server = await startServer();
  assert.equal(await sampleOf(server, 'vicino_sockets{side="visitor"}'), 0);
  const { visitor, agent } = await converse(server);
  const waiting = await server.visitor();
  waiting.client.send({ type: 'contact.open', contact: 'c2', service: 'sales', kind: 'chat' });
  await waiting.client.state(({ id }) => id === 'c2');
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'one' });
  agent.client.send({ type: 'message.send', contact: 'c1', id: 'm2', text: 'two' });
  await visitor.client.entries(2);
  agent.client.send({ type: 'channel.request', contact: 'c1', channel: 'video' });
  await visitor.client.state(({ call }) => call !== null);
  await Promise.all([visitor, agent, waiting].map(({ client }) => client.settled()));
  const expected: Record<string, number> = {
    'vicino_sockets{side="visitor"}': 2,
    'vicino_sockets{side="agent"}': 1,
    'vicino_contacts{phase="waiting"}': 1,
    'vicino_contacts{phase="assigned"}': 1,
    'vicino_contacts{phase="dissuaded"}': 0,
    'vicino_calls{status="asking"}': 1,
    'vicino_calls{status="active"}': 0,
    'vicino_contact_events_total{event="opened"}': 2,
    'vicino_contact_events_total{event="taken"}': 1,
    vicino_wait_seconds_count: 1,
    vicino_first_answer_seconds_count: 1,
    vicino_message_seconds_count: 2,
    'vicino_build_info{version="1.2.3",deno="VERSION",store="sqlite"}': 1,
  };
  for (const [sample, value] of Object.entries(expected))
    assert.equal(await sampleOf(server, sample.replace('VERSION', Deno.version.deno)), value, sample);
  for (const sample of [
    'vicino_message_seconds_sum',
    'vicino_store_operation_seconds_count{operation="append"}',
    'vicino_store_operations_total{operation="put"}',
    'vicino_store_operation_seconds_sum{operation="get"}',
    'vicino_store_commits_total',
    'vicino_http_requests_total{status="101"}',
    'vicino_http_requests_total{status="200"}',
    'process_resident_memory_bytes',
    'process_cpu_seconds_total',
    'vicino_heap_bytes',
  ])
    assert.ok((await sampleOf(server, sample)) > 0, sample);
  assert.ok(Math.abs((await sampleOf(server, 'process_start_time_seconds')) - Date.now() / 1000) < 3600);
  visitor.client.send({ type: 'contact.end', contact: 'c1' });
  await visitor.client.state(({ phase }) => phase === 'ended');
  await visitor.client.close();
  await agent.client.close();
  waiting.client.send({ type: 'contact.end', contact: 'c2' });
  await waiting.client.state(({ phase }) => phase === 'ended');
  await waiting.client.settled();
  for (const phase of ['waiting', 'assigned'])
    assert.equal(await sampleOf(server, `vicino_contacts{phase="${phase}"}`), 0);
  assert.equal(await sampleOf(server, 'vicino_contact_events_total{event="abandoned"}'), 1);
  assert.equal(await sampleOf(server, 'vicino_calls{status="asking"}'), 0);
});

Deno.test('S9 S10 what is refused is counted by its code, on the socket and at the broker', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  client.send('not JSON');
  client.send({ type: 'contact.take', contact: 'c1' });
  client.send({ type: 'message.send', contact: 'none', id: 'm1', text: 'x' });
  for (let n = 0; n < 3; n++) await client.next('error');
  const silent = await connect(server.wsUrl);
  silent.send({ type: 'ping' });
  await silent.closed;
  const peer = new WebSocket(`${server.wsUrl.replace(/ws$/, 'peerjs/peerjs')}?id=a&token=b`);
  await new Promise((resolve) => {
    peer.onclose = resolve;
  });
  for (const [sample, value] of Object.entries({
    'vicino_frames_refused_total{endpoint="ws",code="frame.malformed"}': 2,
    'vicino_frames_refused_total{endpoint="ws",code="frame.out-of-state"}': 1,
    'vicino_frames_refused_total{endpoint="ws",code="contact.unknown"}': 1,
    'vicino_frames_refused_total{endpoint="peerjs",code="ticket.invalid"}': 1,
    'vicino_sockets_closed_total{code="4400"}': 1,
  }))
    assert.equal(await sampleOf(server, sample), value, sample);
  assert.equal(await sampleOf(server, 'vicino_message_seconds_count'), 0);
});

Deno.test('S3 S10 peers of the broker and what it relays are counted', async () => {
  await using server = await startServer();
  const pair = [
    ['a', 'b'],
    ['b', 'a'],
  ] as const;
  const peers = await Promise.all(
    pair.map(async ([peer, remote]) => {
      const ticket = await server.tokens.signTicket({ peer, remote, contact: 'c1', expiresIn: 60 });
      const socket = new WebSocket(
        `${server.wsUrl.replace(/ws$/, 'peerjs/peerjs')}?key=peerjs&id=${peer}&token=${ticket}&version=1`,
      );
      await new Promise((resolve) => {
        socket.onmessage = resolve;
      });
      return socket;
    }),
  );
  const [a, b] = peers as [WebSocket, WebSocket];
  const relayed = new Promise((resolve) => {
    b.onmessage = resolve;
  });
  a.send(JSON.stringify({ type: 'OFFER', dst: 'b', payload: { connectionId: 'x' } }));
  await relayed;
  assert.equal(await sampleOf(server, 'vicino_broker_peers'), 2);
  assert.equal(await sampleOf(server, 'vicino_broker_relayed_total'), 1);
  for (const peer of peers) peer.close();
});

Deno.test('S4 S10 failures of the store are counted by their code', async () => {
  const sqlite = await openSqlite(':memory:');
  let broken = false;
  const store = new Proxy<Store>(sqlite, {
    get(target, name: keyof Store) {
      if (broken && name === 'append')
        return () => Promise.reject(new StoreError('store.full', 'Cannot write: full'));
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const server = await startServer({ store });
  const { visitor } = await converse(server);
  broken = true;
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'x' });
  assert.equal((await visitor.client.next('error')).code, 'server.failed');
  assert.equal(await sampleOf(server, 'vicino_store_errors_total{code="store.full"}'), 1);
  assert.equal(await sampleOf(server, 'vicino_frames_refused_total{endpoint="ws",code="server.failed"}'), 1);
  await server.stop();
  await sqlite.close();
});

Deno.test('S10 metrics are read by who shows the token, and without one only on this machine', async () => {
  const token = 'a token of the one who watches';
  await using open = await startServer();
  await using guarded = await startServer({ metricsToken: token.replaceAll(' ', '-') });
  const ask = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/metrics`, { headers });
    const text = await response.text();
    return [response.status, response.ok ? null : JSON.parse(text).code];
  };
  assert.deepEqual(await ask(open.url), [200, null]);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
    assert.deepEqual(await ask(open.url, { [name]: '203.0.113.9' }), [403, 'metrics.forbidden']);
  assert.equal(await statusAs(open.url, 'chat.example.com'), 403);
  assert.equal(await statusAs(open.url, 'localhost'), 200);
  assert.deepEqual(await ask(guarded.url), [401, 'token.missing']);
  assert.deepEqual(await ask(guarded.url, { authorization: 'Bearer another' }), [401, 'token.invalid']);
  const authorization = `Bearer ${token.replaceAll(' ', '-')}`;
  assert.deepEqual(await ask(guarded.url, { authorization, 'x-forwarded-for': '203.0.113.9' }), [200, null]);
});

/** Asks under another name, as a proxy or a page does whose name leads here. */
async function statusAs(url: string, host: string): Promise<number> {
  await using connection = await Deno.connect({ port: Number(new URL(url).port), hostname: '127.0.0.1' });
  const request = `GET /metrics HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(request));
  return Number((await new Response(connection.readable).text()).match(/^HTTP\/1.1 (\d+)/)?.[1]);
}
