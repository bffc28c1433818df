import assert from 'node:assert/strict';
import { readSettings, SettingsError } from '../../server/environment.ts';
import { parseNatsAddress } from '../../server/store/nats-address.ts';
import { parseStoreAddress } from '../../server/store/open.ts';

Deno.test('S4 VC_STORE names a store', () => {
  const stores = {
    'sqlite:data/vicino.sqlite': { kind: 'sqlite', path: 'data/vicino.sqlite' },
    'sqlite::memory:': { kind: 'sqlite', path: ':memory:' },
    'kv:': { kind: 'kv', location: '' },
    'kv:data/vicino.kv': { kind: 'kv', location: 'data/vicino.kv' },
    'kv:https://kv.example/1': { kind: 'kv', location: 'https://kv.example/1' },
    'nats://one:4222,two:4222': { kind: 'nats', address: 'nats://one:4222,two:4222' },
  };
  for (const [text, store] of Object.entries(stores)) assert.deepEqual(parseStoreAddress(text), store);
});

Deno.test('S4 VC_STORE that names none says why', () => {
  for (const text of ['', 'sqlite:', 'postgres://one', 'data/vicino.sqlite', 'nats:one'])
    assert.equal(typeof parseStoreAddress(text), 'string', text);
  assert.throws(
    () => readSettings((name) => ({ VC_DEMO: '1', VC_STORE: 'nats://one?replicas=9' })[name]),
    (error) =>
      error instanceof SettingsError &&
      error.message === 'Cannot start: VC_STORE is no store: replicas is not a number from 1 to 5',
  );
});

Deno.test('S4 an address of NATS names servers, user, installation, replicas and placement', () => {
  assert.deepEqual(parseNatsAddress('nats://localhost:4222'), {
    servers: ['localhost:4222'],
    name: 'vicino',
  });
  assert.deepEqual(
    parseNatsAddress(
      'nats://anna:a%40b@n1.example:4222,10.0.0.2,[::1]:4222/shop?replicas=3&cluster=eu&tags=ssd,eu-1',
    ),
    {
      servers: ['n1.example:4222', '10.0.0.2', '[::1]:4222'],
      user: 'anna',
      password: 'a@b',
      name: 'shop',
      replicas: 3,
      placement: { cluster: 'eu', tags: ['ssd', 'eu-1'] },
    },
  );
  for (const text of [
    'nats://',
    'nats://one two',
    'nats://one/a.b',
    'nats://one?replica=3',
    'nats://one?replicas=0',
  ])
    assert.equal(typeof parseNatsAddress(text), 'string', text);
});

Deno.test('S4 on Deno Deploy the default database has to be an attached one', () => {
  const env = { VC_DEMO: '1', VC_STORE: 'kv:', DENO_DEPLOYMENT_ID: 'abc' };
  const read = (more: Record<string, string>) =>
    readSettings((name) => ({ ...env, ...more })[name as keyof typeof env]);
  assert.throws(() => read({}), /DENO_KV_REQUIRES_DISTRIBUTED_DATABASE/);
  assert.deepEqual(read({ DENO_KV_REQUIRES_DISTRIBUTED_DATABASE: 'error' }).store, {
    kind: 'kv',
    location: '',
  });
  assert.equal(read({ VC_STORE: 'nats://one' }).storePath, ':memory:');
});
