import assert from 'node:assert/strict';
import { CloseCode } from '../../core/protocol/codes.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { agentHello, connect, newClient, type RawClient, visitorHello } from '../support/frames.ts';
import { send, sent } from '../support/sending.ts';
import { type ServerProcess, spawnServer } from '../support/server.ts';
import { silentPage } from '../support/silent-page.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

/** Of a file that does not fit into what lies between the server and who does not read it. */
const LARGE = 9_000_000;

async function hello(server: ServerProcess, frame: object) {
  const client = await connect(server.wsUrl);
  client.send(frame);
  return { client, welcome: await client.next('welcome') };
}

/** A visitor's token, and both sides of their contact with Anna. */
async function conversation(server: ServerProcess) {
  const response = await fetch(`${server.url}/api/demo/token`, { method: 'POST', body: '{"agent":"anna"}' });
  const agent = await hello(server, agentHello((await response.json()).token));
  const visitor = await hello(server, visitorHello({ client: newClient() }));
  visitor.client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  await agent.client.next('waiting.put');
  agent.client.send({ type: 'contact.take', contact: 'c1' });
  await visitor.client.state(({ phase }) => phase === 'assigned');
  const { you } = visitor.welcome;
  return { visitor: visitor.client, agent: agent.client, token: you.side === 'visitor' ? you.token : '' };
}

/** Begins to read a file and then does not go on. */
async function slowReader(server: ServerProcess, path: string): Promise<Deno.TcpConn> {
  const { hostname, port } = new URL(server.url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`));
  const begun = new Uint8Array(1_024);
  await connection.read(begun);
  assert.match(new TextDecoder().decode(begun), /^HTTP\/1\.1 200/);
  return connection;
}

/** Sends the beginning of a file and never its end. */
function endlessUpload(server: ServerProcess, token: string) {
  const begun = Promise.withResolvers<void>();
  let pieces = 0;
  const bytes = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pieces++ < 100) return controller.enqueue(new Uint8Array(50_000).fill(97));
      // So much fits into no buffer on the way: the server has taken most of it.
      begun.resolve();
      return new Promise(() => {});
    },
  });
  const ended = send(server, token, { id: 'f2', bytes }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => 'cut' as const,
  );
  return { begun: begun.promise, ended };
}

/** The ids acknowledged to a client until its socket ends. */
async function acknowledgedTo(client: RawClient): Promise<string[]> {
  const ids: string[] = [];
  while (true) {
    const next = await client.next('log.appended').catch(() => null);
    if (!next) return ids;
    if (next.entry.kind === 'message') ids.push(next.entry.id);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  Deno.test(`S10 S6 ${signal} amid messages, an upload and clients that do not read: 1012, all acknowledged on disk, gone within 5 s`, async () => {
    await using folder = await TemporaryDirectory.create();
    const server = await spawnServer({ VC_STORE: `sqlite:${folder.file('store.sqlite')}` });
    const { visitor, agent, token } = await conversation(server);
    const { file, name } = await sent(await send(server, token, { bytes: new Uint8Array(LARGE).fill(97) }));
    using _reader = await slowReader(server, `/api/files/${file}/${name}`);
    using _silent = await silentPage(server, visitorHello({ token, client: 'silent' }));
    const { ended: upload, begun } = endlessUpload(server, token);
    await begun;
    for (let n = 0; n < 100; n++)
      visitor.send({ type: 'message.send', contact: 'c1', id: `m${n}`, text: `${n}` });
    await visitor.next('log.appended', ({ entry }) => entry.id === 'm20');
    const began = performance.now();
    const ended = server.kill(signal);
    const acknowledged = await acknowledgedTo(visitor);
    assert.equal((await visitor.closed).code, CloseCode.restart);
    assert.equal((await agent.closed).code, CloseCode.restart);
    assert.equal((await ended).code, 0);
    assert.ok(performance.now() - began < 5_000);
    assert.ok([400, 500, 'cut'].includes(await upload));
    assert.ok(!(await folder.contents()).has('store.sqlite-wal'), 'the store was closed');
    const store = await openSqlite(folder.file('store.sqlite'));
    const { entries } = await store.read('c1', 0);
    const written = entries.map(({ record }) => record.id).filter((id) => id.startsWith('m'));
    assert.deepEqual(
      written,
      Array.from(written, (_, n) => `m${n}`),
    );
    assert.ok(acknowledged.length > 0 && acknowledged.every((id) => written.includes(id)));
    assert.deepEqual(await store.list('upload/'), [], 'nothing of the upload is left');
    assert.deepEqual(
      (await store.list('file/')).filter(({ key }) => !key.startsWith(`file/${file}`)),
      [],
    );
    await store.close();
    const [stopped] = await server.logged('server.stopped', 1);
    assert.ok(Number(stopped?.ms) < 4_000);
  });
