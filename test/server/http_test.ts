import assert from 'node:assert/strict';
import { type Store, StoreError } from '../../server/store/port.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { agentHello, connect } from '../support/frames.ts';
import { startServer } from '../support/server.ts';

const FILES: Readonly<Record<string, string>> = {
  'vc.js': 'loader()',
  'assets/widget-ABC123.js': 'widget()',
  'assets/widget-ABC123.js.br': 'compressed',
  'assets/style-ABC123.css': 'a{}',
  'assets/odd.exe': 'MZ',
  'pages/shop.html': '<!doctype html>shop',
  'pages/desk.html': '<!doctype html>desk',
  'manifest.json': '{}',
};
const readAsset = (path: string) => {
  const text = FILES[path];
  return Promise.resolve(text === undefined ? null : new TextEncoder().encode(text));
};

Deno.test('S1 S2 the demo serves shop, desk, loader and modules on one port', async () => {
  await using server = await startServer({ readAsset });
  const get = async (path: string, headers = {}) => {
    const response = await fetch(server.url + path, {
      headers: { 'accept-encoding': 'identity', ...headers },
    });
    return { response, text: await response.text() };
  };
  for (const [path, text] of [
    ['/', 'shop'],
    ['/?service=support', 'shop'],
    ['/agent?as=anna', 'desk'],
  ] as const) {
    const page = await get(path);
    assert.equal(page.response.status, 200);
    assert.ok(page.text.endsWith(text));
    assert.match(page.response.headers.get('content-type') ?? '', /^text\/html/);
    const policy = page.response.headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self' ws: wss:",
    ])
      assert.ok(policy.split('; ').includes(part), part);
    assert.ok(!policy.includes('unsafe'));
  }
  const loader = await get('/vc.js');
  assert.equal(loader.text, 'loader()');
  assert.equal(loader.response.headers.get('access-control-allow-origin'), '*');
  assert.equal(loader.response.headers.get('cache-control'), 'public, max-age=300');
  const etag = loader.response.headers.get('etag') ?? '';
  const known = await get('/vc.js', { 'if-none-match': etag });
  assert.deepEqual([known.response.status, known.text], [304, '']);
  assert.equal(known.response.headers.get('access-control-allow-origin'), '*');
});

Deno.test('S1 modules are cached for ever, open to any site, and compressed for who takes it', async () => {
  await using server = await startServer({ readAsset });
  const url = `${server.url}/assets/widget-ABC123.js`;
  const plain = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  assert.equal(await plain.text(), 'widget()');
  assert.match(plain.headers.get('cache-control') ?? '', /immutable/);
  assert.equal(plain.headers.get('access-control-allow-origin'), '*');
  assert.equal(plain.headers.get('cross-origin-resource-policy'), 'cross-origin');
  assert.equal(plain.headers.get('x-content-type-options'), 'nosniff');
  const encodingOf = async (accepted: string): Promise<string | undefined> => {
    // fetch would undo the encoding and hide the header.
    await using connection = await Deno.connect({ port: Number(new URL(url).port), hostname: '127.0.0.1' });
    const request = `GET /assets/widget-ABC123.js HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept-encoding: ${accepted}\r\n\r\n`;
    await connection.write(new TextEncoder().encode(request));
    return (await new Response(connection.readable).text()).match(/content-encoding: (\w+)/i)?.[1];
  };
  assert.equal(await encodingOf('gzip, deflate, br'), 'br');
  assert.equal(await encodingOf('br;q=0'), undefined);
  assert.equal(await encodingOf('identity'), undefined);
});

Deno.test('S9 addresses that are not there are a typed 404, and nothing beside the assets is served', async () => {
  await using server = await startServer({ readAsset });
  for (const path of [
    '/nothing',
    '/manifest.json',
    '/assets/none.js',
    '/assets/odd.exe',
    '/assets/',
    '/assets/..%2fmanifest.json',
    '/assets/%2e%2e/manifest.json',
    '/assets/.hidden.js',
    '/pages/shop.html',
    '/api/other',
  ]) {
    const response = await fetch(server.url + path);
    const body = await response.json();
    assert.equal(response.status, 404, path);
    assert.equal(body.code, 'request.unknown', path);
    assert.match(body.message, /^Cannot .+: .+\.$/);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.ok(response.headers.has('content-security-policy'));
  }
});

Deno.test('S7 the demo signs in its agents and nobody else', async () => {
  await using server = await startServer();
  const post = (body: string) => fetch(`${server.url}/api/demo/token`, { method: 'POST', body });
  const granted = await (await post('{"agent":"ben"}')).json();
  assert.ok(granted.expiresIn > 0);
  const client = await connect(server.wsUrl);
  client.send(agentHello(granted.token));
  assert.equal((await client.next('welcome')).you.id, 'ben');
  for (const [body, status, code] of [
    ['{"agent":"mallory"}', 404, 'agent.unknown'],
    ['{"agent":7}', 400, 'request.malformed'],
    ['not JSON', 400, 'request.malformed'],
    [JSON.stringify({ agent: 'x'.repeat(20_000) }), 413, 'request.oversized'],
  ] as const) {
    const response = await post(body);
    assert.equal(response.status, status);
    assert.equal((await response.json()).code, code);
  }
});

Deno.test('S7 outside the demo there are no demo tokens and no demo pages', async () => {
  await using server = await startServer({ demo: false, readAsset });
  const token = await fetch(`${server.url}/api/demo/token`, { method: 'POST', body: '{"agent":"anna"}' });
  assert.equal(token.status, 404);
  await token.body?.cancel();
  for (const path of ['/', '/agent']) {
    const response = await fetch(server.url + path);
    assert.equal(response.status, 404);
    await response.body?.cancel();
  }
  const loader = await fetch(`${server.url}/vc.js`);
  assert.equal(await loader.text(), 'loader()');
});

Deno.test('S10 health says the process lives, readiness that the store answers', async () => {
  const sqlite = await openSqlite(':memory:');
  let broken: keyof Store | null = null;
  const store = new Proxy<Store>(sqlite, {
    get(target, name: keyof Store) {
      if (name === broken)
        return () => Promise.reject(new StoreError('store.unavailable', 'Cannot read: gone'));
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await using server = await startServer({ store });
  const status = async (path: string) => {
    const response = await fetch(server.url + path);
    return [response.status, (await response.json()).code];
  };
  assert.deepEqual(await status('/healthz'), [200, undefined]);
  assert.deepEqual(await status('/readyz'), [200, undefined]);
  // Documents, or logs alone, as when the thread that writes has died.
  for (broken of ['get', 'read'] as const) {
    assert.deepEqual(await status('/healthz'), [200, undefined]);
    assert.deepEqual(await status('/readyz'), [503, 'store.unavailable']);
  }
  await server.stop();
  await sqlite.close();
});

Deno.test('S9 a request the server fails on is a typed 500 without a stack', async () => {
  await using server = await startServer({ readAsset: () => Promise.reject(new Error('secret detail')) });
  const response = await fetch(`${server.url}/vc.js`);
  const text = await response.text();
  assert.equal(response.status, 500);
  assert.equal(JSON.parse(text).code, 'server.failed');
  assert.ok(!text.includes('secret detail') && !text.includes('at '));
  assert.ok(server.lines.some((line) => line.includes('request.failed')));
});

Deno.test('S3 the broker is on the same port', async () => {
  await using server = await startServer();
  const response = await fetch(`${server.url}/peerjs/peerjs/id`);
  assert.equal(response.status, 200);
  assert.match(await response.text(), /^[\w-]+$/);
});
