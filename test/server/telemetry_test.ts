import assert from 'node:assert/strict';
import { connect, type RawClient, visitorHello } from '../support/frames.ts';
import { OtlpCollector } from '../support/otlp-collector.ts';
import { type ServerProcess, spawnServer } from '../support/server.ts';

/** A visitor who waits, and has written. */
async function visit(server: ServerProcess): Promise<RawClient> {
  const client = await connect(server.wsUrl);
  client.send(visitorHello());
  await client.next('welcome');
  client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'Hello' });
  await client.next('log.appended', ({ entry }) => entry.id === 'm1');
  return client;
}

/** Gives the server something to tell of until it holds of what arrived: one export may get lost, as Deno does not repeat it. */
async function askUntil(server: ServerProcess, holds: () => boolean): Promise<void> {
  while (!holds()) await askBroker(server, 'a-ticket');
}

/** Asks the broker, with what stands for a ticket in the address. */
async function askBroker(server: ServerProcess, ticket: string): Promise<void> {
  await (await fetch(`${server.url}/peerjs/peerjs?key=peerjs&id=a&token=${ticket}`)).body?.cancel();
}

Deno.test('S10 with OTEL_DENO metrics, logs and spans arrive at a collector under our name', async () => {
  await using collector = new OtlpCollector();
  await using server = await spawnServer({ VC_STORE: 'sqlite::memory:', VC_LOG: 'debug', ...collector.env });
  await visit(server);
  await askUntil(
    server,
    () =>
      collector.metric('vicino_sockets', { side: 'visitor' })?.value === 1 &&
      collector.metric('vicino_message_seconds_count')?.value === 1 &&
      collector.spans().some(({ attributes }) => attributes.some(({ key }) => key === 'url.path')) &&
      collector.logs().some((line) => line.includes('"event":"request.answered"')),
  );
  for (const signal of ['metrics', 'logs', 'traces'] as const)
    assert.deepEqual([...collector.services(signal)], ['vicino']);
  assert.deepEqual(collector.metric('vicino_sockets', { side: 'agent' }), { value: 0, grows: false });
  assert.deepEqual(collector.metric('vicino_contact_events_total', { event: 'opened' }), {
    value: 1,
    grows: true,
  });
  assert.deepEqual(collector.metric('vicino_message_seconds_bucket', { le: '+Inf' }), {
    value: 1,
    grows: true,
  });
  assert.ok(collector.metric('vicino_build_info', { store: 'sqlite', deno: Deno.version.deno }));
  // What Deno's spans tell of addresses is said at the start, because tickets are among it.
  const [warning] = await server.logged('telemetry.addresses', 1);
  assert.equal(warning?.level, 'warn');
});

Deno.test('S10 a server whose Deno exports logs alone starts as ever', async () => {
  await using collector = new OtlpCollector();
  const env = { OTEL_DENO_METRICS: 'false', OTEL_DENO_TRACING: 'false' };
  const server = await spawnServer({
    VC_STORE: 'sqlite::memory:',
    VC_LOG: 'debug',
    ...collector.env,
    ...env,
  });
  await askUntil(server, () => collector.logs().some((line) => line.includes('request.answered')));
  assert.equal((await server.kill('SIGTERM')).code, 0);
  assert.ok(!server.output().includes('telemetry.addresses'));
});

Deno.test('S10 with spans off nothing that is exported has an address, and no warning is given', async () => {
  await using collector = new OtlpCollector();
  const env = {
    VC_STORE: 'sqlite::memory:',
    VC_LOG: 'debug',
    ...collector.env,
    OTEL_TRACES_SAMPLER: 'always_off',
  };
  const server = await spawnServer(env);
  await askUntil(
    server,
    () =>
      Number(collector.metric('vicino_http_requests_total', { status: '426' })?.value) > 0 &&
      collector.logs().some((line) => line.includes('request.answered')),
  );
  assert.equal((await server.kill('SIGTERM')).code, 0);
  assert.deepEqual(collector.spans(), []);
  assert.ok(!collector.logs().join().includes('a-ticket'));
  assert.ok(!server.output().includes('telemetry.addresses'));
});
