import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Config } from '../../../server/config/schema.ts';
import { launchChromium } from '../../support/chromium.ts';
import { startServer } from '../../support/server.ts';
import { TURN_SECRET, TurnServer } from '../../support/turn-server.ts';

const dist = new URL('../../../dist/', import.meta.url);
const readAsset = (path: string) => Deno.readFile(new URL(path, dist)).catch(() => null);
const iceOf = (port: number, tlsPort: number | null = null): Config['ice'] => ({
  servers: [{ urls: `stun:127.0.0.1:${port}` }],
  turn: {
    urls: [
      `turn:127.0.0.1:${port}`,
      `turn:127.0.0.1:${port}?transport=tcp`,
      ...(tlsPort === null ? [] : [`turns:127.0.0.1:${tlsPort}?transport=tcp`]),
    ],
    secret: TURN_SECRET,
    lifeSeconds: 600,
  },
});

/** What the page says about each, in its own words, once it has finished. */
async function resultOf(page: Page, url: string): Promise<Map<string, string>> {
  await page.goto(`${url}/check`);
  await page
    .getByRole('button', { name: 'Copy result' })
    .and(page.locator(':enabled'))
    .waitFor({ timeout: 60_000 });
  const rows = await page.getByRole('list', { name: 'Results' }).getByRole('listitem').all();
  const texts = await Promise.all(rows.map((row) => row.locator('b, .word').allTextContents()));
  const verdict = await page.getByRole('heading', { level: 2 }).textContent();
  return new Map([
    ['verdict', verdict ?? ''],
    ...texts.map(([name = '', word = '']) => [name, word] as const),
  ]);
}

Deno.test('V19 with a TURN server that relays everything is measured, and the result can be copied', async () => {
  await using coturn = await TurnServer.start();
  await using server = await startServer({ demo: false, readAsset, config: { ice: iceOf(coturn.port) } });
  const browser = await launchChromium({ fakeMedia: false });
  try {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    const found = await resultOf(page, server.url);
    assert.equal(found.get('verdict'), 'Video calls work');
    assert.deepEqual(
      ['Calls in this browser', 'HTTPS', 'UDP (STUN)', 'TURN over TLS'].map((name) => found.get(name)),
      ['possible', 'secure', 'open', 'not set up'],
    );
    assert.match(found.get('WebSocket') ?? '', /^\d+ ms$/);
    for (const name of ['TURN over UDP', 'TURN over TCP', 'Download', 'Upload'])
      assert.match(found.get(name) ?? '', /^[\d.]+ [kM]b\/s$/, name);
    await page.getByRole('button', { name: 'Copy result' }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    assert.match(String(copied), /^Result +Video calls work\nServer +http.*\n/);
    for (const [name, word] of found) if (name !== 'verdict') assert.ok(String(copied).includes(word), name);
  } finally {
    await browser.close();
  }
});

Deno.test('V19 TURN over TLS is measured, and a certificate nobody signed is no way through', async () => {
  await using coturn = await TurnServer.start({ tls: true });
  const config = { ice: iceOf(coturn.port, coturn.tlsPort) };
  await using server = await startServer({ demo: false, readAsset, config });
  const finds = async (args: readonly string[], word: RegExp) => {
    const browser = await launchChromium({ fakeMedia: false, args });
    try {
      const found = await resultOf(await browser.newPage(), server.url);
      assert.match(found.get('TURN over TLS') ?? '', word);
    } finally {
      await browser.close();
    }
  };
  await Promise.all([
    finds(['--ignore-certificate-errors'], /^[\d.]+ [kM]b\/s$/),
    finds([], /^no way through$/),
  ]);
});

Deno.test('V19 where nothing answers the page says what is blocked and promises nothing', async () => {
  // On port 9 nobody listens.
  await using server = await startServer({ demo: false, readAsset, config: { ice: iceOf(9) } });
  const browser = await launchChromium({ fakeMedia: false });
  try {
    const page = await browser.newPage();
    const found = await resultOf(page, server.url);
    assert.deepEqual(
      ['verdict', 'UDP (STUN)', 'TURN over UDP', 'TURN over TCP'].map((name) => found.get(name)),
      ['Chat works, calls do not', 'blocked', 'no way through', 'no way through'],
    );
    await page.getByText('Either UDP is blocked here').waitFor();
  } finally {
    await browser.close();
  }
});
