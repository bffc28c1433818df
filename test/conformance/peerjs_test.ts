/// <reference lib="dom" />
// One set of assertions, run by the unmodified PeerJS client in a real browser against our broker and the reference.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { build, stop as stopBundler } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { type BrokerUnderTest, brokers } from './brokers.ts';

let browser: Browser;
let script: string;

Deno.test.beforeAll(async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(import.meta.resolve('./page.ts'))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  await stopBundler();
  script = bundle.outputFiles[0]?.text ?? assert.fail('esbuild gave no bundle');
  browser = await launchChromium();
});

Deno.test.afterAll(() => browser.close());

/** A broker, and as many pages as the story needs, each with one client. */
class Scene {
  readonly broker: BrokerUnderTest;
  /** What was thrown in a page and caught by nobody. */
  readonly thrown: Error[] = [];
  readonly #context: BrowserContext;
  readonly #url: string;

  constructor(broker: BrokerUnderTest, context: BrowserContext, url: string) {
    this.broker = broker;
    this.#context = context;
    this.#url = url;
  }

  async page(): Promise<Page> {
    const page = await this.#context.newPage();
    page.on('pageerror', (error) => this.thrown.push(error));
    await page.goto(this.#url);
    await page.addScriptTag({ content: script });
    return page;
  }

  /** A page whose client is known to the broker as `id` and means to talk to `remote`. */
  async join(id: string, remote: string): Promise<Page> {
    const page = await this.page();
    await this.open(page, id, await this.broker.token(id, remote));
    return page;
  }

  async open(page: Page, id: string, token: string): Promise<void> {
    const place = { id, token, address: this.broker.address };
    const opened = await page.evaluate(({ id, token, address }) => client.open(id, token, address), place);
    assert.equal(opened, id);
  }

  async reconnect(page: Page, id: string, remote: string): Promise<void> {
    await page.evaluate((token) => client.reconnect(token), await this.broker.token(id, remote));
  }
}

const showsRemote = (page: Page) => page.waitForFunction(() => client.frames > 0);

/** Waits for more pictures than were shown when this was called. */
async function keepsShowingRemote(page: Page): Promise<void> {
  const shown = await page.evaluate(() => client.frames);
  await page.waitForFunction((shown) => client.frames > shown + 10, shown);
}

const scenarios: Record<string, (scene: Scene) => Promise<void>> = {
  async 'S3 an id asked for is an id one may come in with'(scene) {
    const page = await scene.page();
    const id = await page.evaluate((address) => client.askId(address), scene.broker.address);
    await scene.open(page, id, await scene.broker.token(id, 'nobody'));
  },

  async 'S3 a call brings each side the picture of the other'(scene) {
    const [alice, bob] = [await scene.join('alice', 'bob'), await scene.join('bob', 'alice')];
    await alice.evaluate(() => client.call('bob'));
    await Promise.all([showsRemote(alice), showsRemote(bob)]);
  },

  async 'S3 data passes both ways'(scene) {
    const [alice, bob] = [await scene.join('alice', 'bob'), await scene.join('bob', 'alice')];
    await alice.evaluate(() => client.chat('bob'));
    for (const page of [alice, bob]) await page.waitForFunction(() => client.chatOpen);
    await alice.evaluate(() => client.send('to bob'));
    await bob.evaluate(() => client.send({ to: 'alice' }));
    await bob.waitForFunction(() => client.received.length === 1);
    await alice.waitForFunction(() => client.received.length === 1);
    assert.deepEqual(await bob.evaluate(() => client.received), ['to bob']);
    assert.deepEqual(await alice.evaluate(() => client.received), [{ to: 'alice' }]);
  },

  async 'S3 calling who is not there fails with peer-unavailable, once'(scene) {
    const alice = await scene.join('alice', 'bob');
    await alice.evaluate(() => client.call('bob'));
    await alice.waitForFunction(() => client.errors.length > 0);
    // The second round shows that the first gave no further error in the meantime.
    await alice.evaluate(() => client.chat('bob'));
    await alice.waitForFunction(() => client.errors.length > 1);
    assert.deepEqual(await alice.evaluate(() => client.errors), ['peer-unavailable', 'peer-unavailable']);
  },

  async 'S3 a call to who comes a moment later gets through'(scene) {
    const bob = await scene.page();
    const token = await scene.broker.token('bob', 'alice');
    const alice = await scene.join('alice', 'bob');
    await alice.evaluate(() => client.call('bob'));
    await alice.waitForFunction(() => client.offered);
    await scene.open(bob, 'bob', token);
    await Promise.all([showsRemote(alice), showsRemote(bob)]);
    assert.deepEqual(await alice.evaluate(() => client.errors), []);
  },

  async 'S3 who claims the id of another is refused and does no harm'(scene) {
    const [alice, bob] = [await scene.join('alice', 'bob'), await scene.join('bob', 'alice')];
    const mallory = await scene.page();
    const refusal = await mallory.evaluate(
      (address) => client.openRefused('alice', 'made-up', address),
      scene.broker.address,
    );
    assert.deepEqual({ ...refusal, type: 'any' }, { type: 'any', opened: false, destroyed: true });
    await bob.evaluate(() => client.chat('alice'));
    await alice.waitForFunction(() => client.chatOpen);
  },

  async 'V16 a call outlives the socket, and the client comes back under its id'(scene) {
    const [alice, bob] = [await scene.join('alice', 'bob'), await scene.join('bob', 'alice')];
    await alice.evaluate(() => client.call('bob'));
    await Promise.all([showsRemote(alice), showsRemote(bob)]);

    await scene.broker.cut();
    await Promise.all([alice, bob].map((page) => page.waitForFunction(() => client.disconnected)));
    await Promise.all([scene.reconnect(alice, 'alice', 'bob'), scene.reconnect(bob, 'bob', 'alice')]);
    await alice.evaluate(() => client.chat('bob'));
    await bob.waitForFunction(() => client.chatOpen);

    for (const page of [alice, bob]) {
      await keepsShowingRemote(page);
      assert.equal(await page.evaluate(() => client.callOpen), true);
    }
  },

  async 'V16 one side losing its place does not end the call at the other'(scene) {
    const [alice, bob] = [await scene.join('alice', 'bob'), await scene.join('bob', 'alice')];
    await alice.evaluate(() => client.call('bob'));
    await Promise.all([showsRemote(alice), showsRemote(bob)]);
    await alice.evaluate(() => client.disconnect());
    await scene.reconnect(alice, 'alice', 'bob');
    await bob.evaluate(() => client.chat('alice'));
    await alice.waitForFunction(() => client.chatOpen);
    await keepsShowingRemote(bob);
    assert.equal(await bob.evaluate(() => client.callOpen), true);
  },
};

for (const [name, start] of Object.entries(brokers)) {
  for (const [title, scenario] of Object.entries(scenarios)) {
    Deno.test(`${title} (${name})`, async () => {
      const host = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => {} }, emptyPage);
      const context = await browser.newContext();
      await using broker = await start();
      const scene = new Scene(broker, context, `http://127.0.0.1:${host.addr.port}/`);
      try {
        await scenario(scene);
        assert.deepEqual(scene.thrown, []);
      } finally {
        await context.close();
        await host.shutdown();
      }
    });
  }
}

function emptyPage(): Response {
  return new Response('<!doctype html><body></body>', { headers: { 'content-type': 'text/html' } });
}
