import assert from 'node:assert/strict';
import { readSettings, SettingsError } from '../../server/environment.ts';
import { parseNatsAddress } from '../../server/store/nats/address.ts';
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

Deno.test('S2 S4 on Deno Deploy the store is the attached database or another server, never a file', () => {
  const env = { VC_DEMO: '1', VC_SECRET: 'x'.repeat(32), DENO_DEPLOYMENT_ID: 'abc' };
  const read = (more: Record<string, string>) =>
    readSettings((name) => ({ ...env, ...more })[name as keyof typeof env]);
  const { store, attached } = read({});
  assert.deepEqual([store, attached], [{ kind: 'kv', location: '' }, true]);
  assert.equal(read({ VC_STORE: 'kv:https://kv.example/1' }).attached, false);
  assert.equal(read({ VC_STORE: 'nats://one' }).storePath, ':memory:');
  for (const VC_STORE of ['sqlite:data/vicino.sqlite', 'sqlite::memory:', 'kv:data/vicino.kv', 'kv::memory:'])
    assert.throws(() => read({ VC_STORE }), /VC_STORE is a file/, VC_STORE);
});

Deno.test('S7 instances that share a store need the same secret, in the demo too', () => {
  const read = (env: Record<string, string>) => readSettings((name) => ({ VC_DEMO: '1', ...env })[name]);
  for (const env of [
    { VC_STORE: 'nats://one' },
    { VC_STORE: 'kv:http://127.0.0.1:4512' },
    { DENO_DEPLOYMENT_ID: 'abc' },
  ])
    assert.throws(() => read(env), /VC_SECRET is not set, and instances/);
  assert.equal(read({ VC_STORE: 'kv:data/vicino.kv' }).secret, null);
});
