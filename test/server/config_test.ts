import assert from 'node:assert/strict';
import { describeConfigErrors, parseConfig } from '../../server/config/load.ts';
import { readSettings, SettingsError } from '../../server/environment.ts';
import { runServer } from '../support/server.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

const demo = await Deno.readTextFile(new URL('../../demo/vicino.json', import.meta.url));

/** The demo's configuration with the value at a path replaced; `undefined` removes it. */
function withField(path: string, value: unknown): string {
  const config = JSON.parse(demo);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((part, key) => part[key], config);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(config);
}

const errorsOf = (text: string) => {
  const parsed = parseConfig(text);
  return parsed.ok ? [] : parsed.errors;
};

Deno.test('S8 the demo configuration is good: two services, three agents', () => {
  const parsed = parseConfig(demo);
  assert.ok(parsed.ok);
  assert.deepEqual(
    parsed.config.services.map(({ id, maxWaitSeconds }) => [id, maxWaitSeconds]),
    [
      ['sales', 180],
      ['support', 180],
    ],
  );
  assert.deepEqual(
    parsed.config.agents.map(({ id }) => id),
    ['anna', 'ben', 'carla'],
  );
});

Deno.test('S8 what may be left out has its default', () => {
  const service = {
    id: 's',
    name: 'S',
    language: 'en',
    greeting: '',
    channels: { chat: true, voice: false, video: false },
    maxWaitSeconds: 60,
  };
  const parsed = parseConfig(JSON.stringify({ services: [service], agents: [] }));
  assert.ok(parsed.ok);
  const { graceSeconds, ice, origins, services } = parsed.config;
  assert.deepEqual(
    { graceSeconds, ice, origins },
    { graceSeconds: 30, ice: { servers: [] }, origins: ['*'] },
  );
  assert.deepEqual([services[0]?.recording, services[0]?.ringSeconds, services[0]?.tags], ['ask', 45, []]);
});

Deno.test('S8 a bad field is named with the reason', () => {
  const cases: [string, unknown, string | RegExp][] = [
    ['services.0.maxWaitSeconds', 'long', /number/],
    ['services.0.maxWaitSeconds', 0, /0/],
    ['services.1.id', 'no spaces please', /Invalid/],
    ['services.0.language', 'English', /language tag/],
    ['services.0.channels.video', 'yes', /boolean/],
    ['services.0.recording', 'sometimes', /"off"/],
    ['services.0.gretting', 'Hi', 'no such field exists'],
    ['services.0.greeting', undefined, 'it is missing'],
    ['agents.2.limit', 1.5, /integer/i],
    ['agents.2.limit', undefined, 'it is missing'],
    ['agent', [], 'no such field exists'],
    ['services', [], /at least one/],
    ['services', undefined, 'it is missing'],
    ['graceSeconds', -1, /-1/],
    ['ice.servers', [{ urls: 'http://x' }], /stun/],
    ['origins', ['https://shop.example/path'], /origin/],
  ];
  for (const [path, value, reason] of cases) {
    const [error, ...more] = errorsOf(withField(path, value));
    assert.ok(error, `${path} is found`);
    assert.deepEqual(more, []);
    assert.ok(error.field === path || error.field.startsWith(`${path}.`), `${error.field} names ${path}`);
    if (typeof reason === 'string') assert.equal(error.reason, reason);
    else assert.match(error.reason, reason);
  }
});

Deno.test('S8 all mistakes are named at once', () => {
  const config = JSON.parse(demo);
  config.services[0].name = '';
  config.agents[1].limit = 0;
  config.extra = true;
  const errors = errorsOf(JSON.stringify(config));
  assert.deepEqual(errors.map(({ field }) => field).sort(), ['agents.1.limit', 'extra', 'services.0.name']);
});

Deno.test('S8 two of one id are refused', () => {
  assert.match(errorsOf(withField('services.1.id', 'sales'))[0]?.reason ?? '', /same id/);
  assert.match(errorsOf(withField('agents.1.id', 'anna'))[0]?.reason ?? '', /same id/);
});

Deno.test('S8 a file that is not JSON says so', () => {
  const errors = errorsOf('{ "services": ');
  assert.match(
    describeConfigErrors('x.json', errors),
    /^Cannot read the configuration x\.json: it is not JSON: /,
  );
  for (const text of ['', 'null', '[]', '7']) assert.equal(errorsOf(text).length > 0, true);
});

Deno.test('S8 the environment is checked, and the variable named', () => {
  const read = (env: Record<string, string>) => readSettings((name) => env[name]);
  assert.deepEqual(read({ VC_DEMO: '1' }), {
    port: 8000,
    store: { kind: 'sqlite', path: 'data/vicino.sqlite' },
    storePath: 'data/vicino.sqlite',
    attached: false,
    configPath: null,
    secret: null,
    demo: true,
    metricsToken: null,
    logLevel: 'info',
  });
  const cases: [Record<string, string>, RegExp][] = [
    [{}, /VC_CONFIG/],
    [{ VC_CONFIG: 'x.json' }, /VC_SECRET/],
    [{ VC_DEMO: '1', PORT: '80a' }, /PORT/],
    [{ VC_DEMO: '1', PORT: '70000' }, /PORT/],
    [{ VC_DEMO: '1', VC_STORE: 'mysql://x' }, /VC_STORE/],
    [{ VC_DEMO: '1', VC_METRICS_TOKEN: 'short' }, /VC_METRICS_TOKEN/],
    [{ VC_DEMO: '1', VC_METRICS_TOKEN: 'long enough, with spaces' }, /VC_METRICS_TOKEN/],
    [{ VC_DEMO: '1', VC_LOG: 'verbose' }, /VC_LOG is none of debug, info, warn, error/],
  ];
  for (const [env, reason] of cases)
    assert.throws(
      () => read(env),
      (error) => error instanceof SettingsError && reason.test(error.message),
    );
});

Deno.test('S7 S8 a server that cannot start says why in one sentence and ends with 1', async () => {
  await using folder = await TemporaryDirectory.create();
  const config = folder.file('config.json');
  const bad = folder.file('bad.json');
  const corrupt = folder.file('corrupt.sqlite');
  await Deno.writeTextFile(config, demo);
  await Deno.writeTextFile(bad, withField('services.0.maxWaitSeconds', 'long'));
  await Deno.writeTextFile(corrupt, 'this is not a database, it is a letter. '.repeat(100));
  const good = {
    VC_STORE: `sqlite:${folder.file('store.sqlite')}`,
    VC_SECRET: 'x'.repeat(32),
    VC_CONFIG: config,
  };
  const cases: [Record<string, string>, RegExp][] = [
    [{ ...good, VC_SECRET: '' }, /^Cannot start: VC_SECRET is not set/],
    [{ ...good, VC_SECRET: 'short' }, /^Cannot sign tokens: the secret is shorter/],
    [{ ...good, VC_CONFIG: folder.file('none.json') }, /^Cannot read the configuration .*none\.json/],
    [{ ...good, VC_CONFIG: bad }, /^Cannot read the configuration .*: services\.0\.maxWaitSeconds: .*number/],
    [{ ...good, VC_STORE: `sqlite:${corrupt}` }, /^Cannot open the store .*corrupt\.sqlite/],
  ];
  const results = await Promise.all(
    cases.map(async ([env, reason]) => ({ reason, ...(await runServer(env)) })),
  );
  for (const { code, stderr, reason } of results) {
    assert.equal(code, 1);
    assert.match(stderr, reason);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  }
});
