import assert from 'node:assert/strict';
import { ManualTimers } from '../support/manual-timers.ts';
import { startServer } from '../support/server.ts';
import { TURN_SECRET } from '../support/turn-server.ts';

const turn = { urls: ['turn:turn.example:3478'], secret: TURN_SECRET, lifeSeconds: 43_200 };
const servers = [{ urls: 'stun:stun.example:3478' }];
const page = '<!doctype html><title>Check</title>';
const readAsset = (path: string) =>
  Promise.resolve(path === 'pages/check.html' ? new TextEncoder().encode(page) : null);

Deno.test('V19 the page is there in every mode, under the strict policy', async () => {
  for (const demo of [true, false]) {
    await using server = await startServer({ demo, readAsset });
    const response = await fetch(`${server.url}/check`);
    assert.equal(await response.text(), page);
    assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'self'/);
  }
});

Deno.test('V19 whoever checks gets credentials that end soon, and not for ever more', async () => {
  const time = new ManualTimers();
  await using server = await startServer({
    config: { ice: { servers, turn } },
    clock: time.clock,
    timers: time,
  });
  const read = () => fetch(`${server.url}/api/ice`);
  const response = await read();
  const { ice, expiresIn } = await response.json();
  assert.deepEqual(ice[0], servers[0]);
  assert.equal(expiresIn, 120);
  assert.equal(Number(ice[1].username.split(':')[0]), Math.floor(time.clock() / 1000) + 120);
  assert.ok(!JSON.stringify(ice).includes(TURN_SECRET));
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.equal(response.headers.get('access-control-allow-origin'), null);

  for (let i = 1; i < 60; i++) await (await read()).body?.cancel();
  const refused = await read();
  assert.deepEqual([refused.status, (await refused.json()).code], [429, 'request.too-frequent']);
  time.advance(5_000);
  assert.equal((await read().then(async (again) => [again.status, await again.text()]))[0], 200);
});

Deno.test('V19 bytes for measuring go both ways, as many as asked for and no more than 4 MiB', async () => {
  await using server = await startServer();
  const address = `${server.url}/api/check/bytes`;
  const down = await fetch(`${address}?size=100000`);
  assert.equal((await down.bytes()).length, 100_000);
  for (const size of ['0', '-1', 'x', '1.5', '', `${4 * 1024 * 1024 + 1}`]) {
    const refused = await fetch(`${address}?size=${size}`);
    assert.deepEqual([refused.status, (await refused.json()).field], [400, 'size'], size);
  }
  const body = new Uint8Array(1_000_000);
  const up = await fetch(address, { method: 'POST', body });
  assert.deepEqual(await up.json(), { size: 1_000_000 });
  const large = await fetch(address, { method: 'POST', body: new Uint8Array(4 * 1024 * 1024 + 1) });
  assert.deepEqual([large.status, (await large.json()).code], [413, 'request.oversized']);
});
