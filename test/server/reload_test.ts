import assert from 'node:assert/strict';
import { createTokens } from '../../server/auth/tokens.ts';
import { createLiveConfig } from '../../server/config/live.ts';
import { createReload } from '../../server/config/reload.ts';
import { type ConfigFile, configFile } from '../support/config-file.ts';
import { agentHello, connect, visitorHello } from '../support/frames.ts';
import { demoConfig, SECRET, type ServerProcess, spawnServer } from '../support/server.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

const tokens = createTokens(SECRET, Date.now);

async function enter(server: ServerProcess, hello: object) {
  const client = await connect(server.wsUrl);
  client.send(hello);
  return { client, welcome: await client.next('welcome') };
}
const visitor = (server: ServerProcess) => enter(server, visitorHello());
const agent = async (server: ServerProcess, id: string) =>
  enter(server, agentHello(await tokens.signAgent({ agent: id, expiresIn: 60 })));

/** A real server on a configuration file of its own. */
async function withServer(run: (server: ServerProcess, file: ConfigFile) => Promise<void>): Promise<void> {
  await using folder = await TemporaryDirectory.create();
  const file = await configFile(folder.file('vicino.json'));
  await using server = await spawnServer({
    VC_CONFIG: file.path,
    VC_STORE: `sqlite:${folder.file('store.sqlite')}`,
  });
  await run(server, file);
}

Deno.test('S8 a changed configuration is in force after SIGHUP, and nobody loses a connection', () =>
  withServer(async (server, file) => {
    const guest = await visitor(server);
    const anna = await agent(server, 'anna');
    await file.change((config) => {
      const [sales, support] = config.services;
      sales.name = 'Lamps';
      sales.greeting = 'Good day!';
      sales.maxWaitSeconds = 60;
      sales.invitations = [];
      sales.responses.push({ id: 'new', shortcut: 'new', text: 'New' });
      config.agents.push({ id: 'dora', name: 'Dora', tags: ['sales'], languages: ['en'], limit: 1 });
      config.ice.servers.push({ urls: 'stun:stun.example.com' });
      config.origins = ['https://shop.example'];
      support.hours = { zone: 'UTC', week: {} };
    });
    server.signal('SIGHUP');
    assert.deepEqual((await server.logged('config.reloaded', 1)).at(-1)?.agents, 4);
    const { service } = await guest.client.next('service.state', (frame) => frame.service.name === 'Lamps');
    assert.equal(service.greeting, 'Good day!');
    guest.client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
    const { entry } = await anna.client.next('waiting.put');
    assert.deepEqual([entry.service.name, (entry.dissuadeAt ?? 0) - entry.waitingSince], ['Lamps', 60_000]);
    const dora = await agent(server, 'dora');
    const { you } = dora.welcome;
    assert.ok(you.side === 'agent');
    assert.deepEqual(
      you.waiting.map(({ contact }) => contact),
      ['c1'],
    );
    assert.ok(you.responses.shared.some(({ id }) => id === 'new'));
    const invitations = await fetch(`${server.url}/api/services/sales/invitations`, {
      headers: { origin: 'https://other.example' },
    });
    assert.deepEqual(await invitations.json(), []);
    assert.equal(invitations.headers.get('access-control-allow-origin'), null);
    // A page of another origin may not connect any more.
    const stranger = await connect(server.wsUrl);
    stranger.send(visitorHello());
    assert.equal((await stranger.closed).code, 4403);
  }));

Deno.test('S8 a configuration with mistakes is reported line by line, and changes nothing', () =>
  withServer(async (server, file) => {
    const guest = await visitor(server);
    await file.change(({ services: [sales] }) => {
      sales.greeting = 'Changed';
      sales.maxWaitSeconds = 'long';
      sales.gretting = 'Hi';
    });
    server.signal('SIGHUP');
    const refused = await server.logged('config.refused', 2);
    assert.deepEqual(
      refused.map(({ level, message }) => [level, message]),
      [
        [
          'warn',
          `Cannot read the configuration ${file.path}: services.0.maxWaitSeconds: Invalid type: Expected number but received "long"`,
        ],
        ['warn', `Cannot read the configuration ${file.path}: services.0.gretting: no such field exists`],
      ],
    );
    await file.write('{');
    server.signal('SIGHUP');
    assert.match(String((await server.logged('config.refused', 3))[2]?.message), /it is not JSON/);
    await Deno.remove(file.path);
    server.signal('SIGHUP');
    assert.match(
      String((await server.logged('config.refused', 4))[3]?.message),
      /Cannot read the configuration .*vicino\.json: /,
    );
    await guest.client.settled();
    assert.deepEqual(guest.client.take('service.state'), []);
    const { you } = (await visitor(server)).welcome;
    assert.ok(you.side === 'visitor' && /^Hello!/.test(you.service.greeting));
    // And is taken once it is mended.
    await file.change(({ services: [sales] }) => {
      sales.greeting = 'Mended';
    });
    server.signal('SIGHUP');
    await guest.client.next('service.state', ({ service }) => service.greeting === 'Mended');
  }));

Deno.test('S8 an agent who is gone from the file keeps their contacts and is offered no more', () =>
  withServer(async (server, file) => {
    const guest = await visitor(server);
    const anna = await agent(server, 'anna');
    guest.client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
    await anna.client.next('waiting.put');
    anna.client.send({ type: 'contact.take', contact: 'c1' });
    await guest.client.state(({ phase }) => phase === 'assigned');
    guest.client.send({ type: 'contact.open', contact: 'c2', service: 'sales', kind: 'chat' });
    await anna.client.next('waiting.put', ({ entry }) => entry.contact === 'c2');
    await file.change((config) => {
      config.agents = config.agents.filter(({ id }: { id: string }) => id !== 'anna');
    });
    server.signal('SIGHUP');
    const { contact, reason } = await anna.client.next('waiting.gone', (gone) => gone.contact === 'c2');
    assert.deepEqual([contact, reason], ['c2', 'not-offered']);
    guest.client.send({ type: 'contact.open', contact: 'c3', service: 'sales', kind: 'chat' });
    await guest.client.state(({ id }) => id === 'c3');
    anna.client.send({ type: 'contact.take', contact: 'c3', ref: 't' });
    assert.equal((await anna.client.next('error')).ref, 't');
    anna.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'Still here' });
    const { entry } = await guest.client.next('log.appended', (frame) => frame.entry.id === 'm1');
    assert.equal(entry.kind, 'message');
    assert.equal(anna.client.take('waiting.put').length, 0);
  }));

Deno.test('S8 whoever keeps the configuration always sees the one in force', async () => {
  const [first, second] = [
    await demoConfig(),
    await demoConfig({ graceSeconds: 7, countryHeader: 'cf-ipcountry' }),
  ];
  const live = createLiveConfig(first);
  const kept = live.current;
  assert.deepEqual(
    [kept.graceSeconds, kept.countryHeader, Object.keys(kept).includes('agents')],
    [30, undefined, true],
  );
  live.replace(second);
  assert.deepEqual([kept.graceSeconds, kept.countryHeader], [7, 'cf-ipcountry']);
  live.replace(first);
  assert.deepEqual([kept.graceSeconds, kept.countryHeader], [30, undefined]);
});

Deno.test('S8 asked twice at once, the newest file is what holds in the end', async () => {
  const config = await demoConfig();
  const applied: number[] = [];
  let reading = 0;
  const reload = createReload({
    read: () => Promise.resolve({ ok: true, config: { ...config, graceSeconds: ++reading } }),
    apply: ({ graceSeconds }) => applied.push(graceSeconds),
    log: { info() {}, warn() {} },
  });
  await Promise.all([reload(), reload(), reload()]);
  assert.deepEqual(applied, [1, 2, 3]);
});
