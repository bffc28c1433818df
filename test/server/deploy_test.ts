import assert from 'node:assert/strict';
import { CloseCode } from '../../core/protocol/codes.ts';
import { agentHello, connect, visitorHello, wordsOf } from '../support/frames.ts';
import { KvServer } from '../support/kv-server.ts';
import { NatsServers } from '../support/nats-server.ts';
import { runServer, type ServerProcess, spawnServer } from '../support/server.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

const ROOT = new URL('../../', import.meta.url);

/** What Deno Deploy sets for every instance, with a database attached. Nobody says which store: there it is the attached one. */
const onDeploy = (database?: KvServer): Record<string, string> => ({
  DENO_DEPLOY: 'true',
  DENO_DEPLOYMENT_ID: 'a1b2c3d4',
  DENO_TIMELINE: 'production',
  ...(database && { DENO_KV_DEFAULT_PATH: database.address, DENO_KV_ACCESS_TOKEN: KvServer.token }),
});

async function hello(server: ServerProcess, frame: object) {
  const client = await connect(server.wsUrl);
  client.send(frame);
  return { client, welcome: await client.next('welcome') };
}

async function anna(server: ServerProcess) {
  const response = await fetch(`${server.url}/api/demo/token`, { method: 'POST', body: '{"agent":"anna"}' });
  return (await hello(server, agentHello((await response.json()).token))).client;
}

Deno.test('S2 S5 S10 as on Deno Deploy, an instance told to go is gone within 5 s, and its visitor goes on at another', async () => {
  await using database = new KvServer();
  const [first, second] = await Promise.all([
    spawnServer(onDeploy(database)),
    spawnServer(onDeploy(database)),
  ]);
  try {
    assert.deepEqual(
      (await Promise.all([first, second].map((server) => server.logged('server.listening', 1)))).map(
        ([line]) => line?.store,
      ),
      ['kv', 'kv'],
    );
    const { client: visitor, welcome } = await hello(first, visitorHello({ client: 'page' }));
    assert.ok(welcome.you.side === 'visitor');
    const agent = await anna(first);
    visitor.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
    await agent.next('waiting.put');
    agent.send({ type: 'contact.take', contact: 'c1' });
    await visitor.state(({ phase }) => phase === 'assigned');
    for (const id of ['m1', 'm2', 'm3']) visitor.send({ type: 'message.send', contact: 'c1', id, text: id });
    const { entry } = await visitor.next('log.appended', ({ entry }) => entry.id === 'm2');
    await visitor.next('log.appended', ({ entry }) => entry.id === 'm3');
    const began = performance.now();
    const [ended, goodbye] = await Promise.all([first.kill('SIGINT'), visitor.closed, agent.closed]);
    assert.ok(performance.now() - began < 5_000);
    assert.deepEqual([ended.code, goodbye.code], [0, CloseCode.restart]);
    const again = await hello(
      second,
      visitorHello({
        client: 'page',
        token: welcome.you.token,
        resume: [{ contact: 'c1', epoch: welcome.epoch, offset: entry.offset }],
      }),
    );
    assert.equal(again.welcome.epoch, welcome.epoch);
    const page = await again.client.next('log.page');
    assert.deepEqual([page.recovered, page.entries.map(wordsOf)], [true, ['m3']]);
    again.client.send({ type: 'message.send', contact: 'c1', id: 'm3', text: 'm3' });
    again.client.send({ type: 'message.send', contact: 'c1', id: 'm4', text: 'm4' });
    // The instance looks after what the one before may have left, so older entries may be shown again.
    for (const [id, previous] of [
      ['m3', entry.offset],
      ['m4', page.head],
    ]) {
      const shown = await again.client.next('log.appended', ({ entry }) => entry.id === id);
      assert.equal(shown.entry.previous, previous);
    }
  } finally {
    await Promise.all([first, second].map((server) => server.kill('SIGKILL')));
  }
});

Deno.test('S2 S4 as on Deno Deploy, a server without an attached database does not start, and says so', async () => {
  const env = { VC_DEMO: '1', VC_SECRET: 'x'.repeat(32) };
  const { code, stderr } = await runServer({ ...env, ...onDeploy() });
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot open the store at kv:.*no KV database is attached/);
  const file = await runServer({ ...env, ...onDeploy(), VC_STORE: 'sqlite:data/vicino.sqlite' });
  assert.equal(file.code, 1);
  assert.match(file.stderr, /VC_STORE is a file, and on Deno Deploy files are lost/);
});

/** The server as it is, beside a `deno.json` that asks for nothing unstable; gives the path of its main file. */
async function copyWithoutFlags(folder: string): Promise<string> {
  const { unstable: _, ...config } = JSON.parse(await Deno.readTextFile(new URL('deno.json', ROOT)));
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(config));
  for (const part of ['server', 'core', 'demo', 'package.json', 'node_modules'])
    await Deno.symlink(new URL(part, ROOT).pathname, `${folder}/${part}`);
  const probe = new Deno.Command(Deno.execPath(), {
    args: ['eval', 'console.log(typeof Deno.openKv)'],
    cwd: folder,
  });
  assert.equal(new TextDecoder().decode((await probe.output()).stdout).trim(), 'undefined');
  return `${folder}/server/main.ts`;
}

Deno.test('S2 on SQLite and on NATS the server needs no unstable flag of Deno', async () => {
  await using folder = await TemporaryDirectory.create();
  await using nats = await NatsServers.start();
  const main = await copyWithoutFlags(folder.path);
  for (const VC_STORE of [`sqlite:${folder.file('store.sqlite')}`, nats.address('flags')]) {
    await using server = await spawnServer({ VC_STORE }, main);
    const { client: visitor } = await hello(server, visitorHello());
    visitor.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
    visitor.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'm1' });
    await visitor.next('log.appended', ({ entry }) => entry.id === 'm1');
  }
});

Deno.test('S2 deno.json tells Deno Deploy what to build and what to run', async () => {
  const { deploy, unstable } = JSON.parse(await Deno.readTextFile(new URL('deno.json', ROOT)));
  const { scripts } = JSON.parse(await Deno.readTextFile(new URL('package.json', ROOT)));
  assert.deepEqual(deploy.runtime, { type: 'dynamic', entrypoint: 'server/main.ts' });
  assert.ok((await Deno.stat(new URL(deploy.runtime.entrypoint, ROOT))).isFile);
  assert.equal(deploy.build, 'npm run build');
  assert.ok(scripts.build);
  assert.match(deploy.install, /^npm ci\b/);
  // For `kv:` on this machine alone; Deno Deploy runs without flags.
  assert.deepEqual(unstable, ['kv']);
});
