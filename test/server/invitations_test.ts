import assert from 'node:assert/strict';
import { startServer } from '../support/server.ts';

Deno.test('C19 the invitations of a service are public, cached briefly, and given as configured', async () => {
  await using server = await startServer();
  const response = await fetch(`${server.url}/api/services/sales/invitations`, {
    headers: { origin: 'https://shop.example' },
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('cache-control'), 'public, max-age=300');
  assert.equal(response.headers.get('access-control-allow-origin'), 'https://shop.example');
  assert.match(response.headers.get('vary') ?? '', /origin/i);
  assert.deepEqual(await response.json(), [
    {
      id: 'lamps',
      text: 'Not sure which one fits your room? Show us on video, and we choose together.',
      kind: 'video',
      afterSeconds: 90,
      exitIntent: false,
    },
  ]);
  const none = await fetch(`${server.url}/api/services/support/invitations`);
  assert.deepEqual([none.status, await none.json()], [200, []]);
});

Deno.test('C19 S9 a service that is none has no invitations', async () => {
  await using server = await startServer();
  for (const service of ['nothing', '__proto__', '..%2Fagents']) {
    const response = await fetch(`${server.url}/api/services/${service}/invitations`);
    assert.equal(response.status, 404);
    assert.deepEqual(await response.json(), {
      code: 'service.unknown',
      message: 'Cannot read the invitations: there is no such service.',
    });
    assert.equal(response.headers.get('cache-control'), 'no-store');
  }
});

Deno.test('C19 pages of other origins than the configured ones do not read them', async () => {
  await using server = await startServer({ config: { origins: ['https://shop.example'] } });
  const response = await fetch(`${server.url}/api/services/sales/invitations`, {
    headers: { origin: 'https://evil.example' },
  });
  await response.body?.cancel();
  assert.equal(response.headers.get('access-control-allow-origin'), null);
});
