import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Config } from '../../server/config/schema.ts';
import { launchChromium } from '../support/chromium.ts';
import { launchFirefox } from '../support/firefox.ts';
import { NatsServers } from '../support/nats-server.ts';
import type { Screen } from '../support/screen.ts';
import type { SoundDevices } from '../support/sound.ts';
import { watchConnections } from './connections.ts';
import { type Relay, startRelay } from './relay.ts';

/** The real server as its own process, as an operator runs it. */
export interface Product {
  readonly url: string;
  /** The SQLite file everything is in. */
  readonly file: string;
  /** Sends the signal and waits until the process is gone. */
  stop(signal?: Deno.Signal): Promise<void>;
  /** Starts again on the same port and file; resolves when it serves. */
  start(): Promise<void>;
  dispose(): Promise<void>;
}

export interface ProductOptions {
  /** Overrides of the demo configuration. */
  readonly graceSeconds?: number;
  /** Of every service. */
  readonly maxWaitSeconds?: number;
  /** Fields of single services, by id. */
  readonly services?: Readonly<Record<string, object>>;
  /** Fields of single agents, by id. */
  readonly agents?: Readonly<Record<string, object>>;
  /** STUN and TURN servers. */
  readonly ice?: Config['ice'];
  /** As in `VC_STORE`; default: an SQLite file of its own. */
  readonly store?: string;
}

const demoConfig = new URL('../../demo/vicino.json', import.meta.url);
const main = new URL('../../server/main.ts', import.meta.url);

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const folder = await Deno.makeTempDir({ prefix: 'vicino-e2e-' });
  const file = `${folder}/vicino.sqlite`;
  const config = `${folder}/vicino.json`;
  const base = JSON.parse(await Deno.readTextFile(demoConfig));
  const { graceSeconds = base.graceSeconds, ice = base.ice, maxWaitSeconds } = options;
  const services = base.services.map((service: { id: string }) => ({
    ...service,
    ...(maxWaitSeconds === undefined ? {} : { maxWaitSeconds }),
    ...options.services?.[service.id],
  }));
  const agents = base.agents.map((agent: { id: string }) => ({ ...agent, ...options.agents?.[agent.id] }));
  await Deno.writeTextFile(config, JSON.stringify({ ...base, graceSeconds, ice, services, agents }));
  const port = freePort();
  const url = `http://localhost:${port}`;
  let child: Deno.ChildProcess | null = null;
  const log = await Deno.open(`${folder}/server.log`, { create: true, append: true });
  log.close();

  const start = async () => {
    child = new Deno.Command(Deno.execPath(), {
      args: ['run', '-A', main.pathname],
      env: {
        PORT: String(port),
        VC_DEMO: '1',
        VC_CONFIG: config,
        VC_STORE: options.store ?? `sqlite:${file}`,
        VC_SECRET: 'a secret for tests alone, long enough',
      },
      stdout: 'null',
      stderr: 'inherit',
    }).spawn();
    const { status } = child;
    let gone = false;
    status.then(() => {
      gone = true;
    });
    while (!(await serves(url))) {
      assert.ok(!gone, 'the server ended instead of serving');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const stop = async (signal: Deno.Signal = 'SIGTERM') => {
    const old = child;
    child = null;
    if (!old) return;
    old.kill(signal);
    await old.status;
  };
  await start();
  return {
    url,
    file,
    start,
    stop,
    async dispose() {
      await stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

const serves = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(`${url}/readyz`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
};

function freePort(): number {
  const listener = Deno.listen({ port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

/** Somebody at a browser. */
export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every text frame their pages got over a socket so far. */
  readonly received: readonly string[];
}

export interface Scene {
  readonly product: Product;
  /** What all calls go through, where the scene is `relayed`. */
  readonly relay: Relay | null;
  /** A new visitor in a browser profile of their own, on the shop page. */
  visitor(path?: string, options?: BrowserContextOptions): Promise<Person>;
  /** The desk signed in as this demo agent. */
  agent(name?: string): Promise<Person>;
}

/** The processor draws every picture and encodes it besides: what is small and calm leaves it time for the product. */
export const VIEWPORT = { width: 1024, height: 640 };
const CALM_CAMERA = '--use-fake-device-for-media-stream=fps=10';

const LAUNCH = { chromium: launchChromium, firefox: launchFirefox };

/** Shared by all scenes, by who sits there and how it was started: starting one takes longer than many a scene. */
const browsers = new Map<string, Browser>();

async function browserOf(
  who: 'visitor' | 'agent',
  { fakeMedia = true, ...options }: SceneOptions,
): Promise<Browser> {
  const kind = options[who] ?? 'chromium';
  const media = who === 'agent' || fakeMedia;
  const args = [...(media ? [CALM_CAMERA] : []), ...(options.flags?.[who] ?? [])];
  const screen = kind === 'firefox' ? options.screen : undefined;
  const env = { ...screen?.env, ...(who === 'visitor' ? options.sound?.env : {}) };
  const prefs = kind === 'firefox' ? (options.prefs ?? {}) : {};
  const key = JSON.stringify([who, kind, args, media, env, prefs]);
  const known = browsers.get(key);
  if (known?.isConnected()) return known;
  const browser = await LAUNCH[kind]({ args, fakeMedia: media, env, prefs, headless: !screen });
  browsers.set(key, browser);
  return browser;
}

Deno.test.afterAll(async () => {
  await within(
    Promise.all([...browsers.values()].map((browser) => browser.close())),
    'the end of the browsers',
  );
});

export interface SceneOptions extends ProductOptions {
  /** Agents come to another instance than visitors, both on one NATS. */
  readonly apart?: boolean;
  /** The browsers of visitors and of agents. Default: Chromium. */
  readonly visitor?: keyof typeof LAUNCH;
  readonly agent?: keyof typeof LAUNCH;
  /** Further command line flags of each side's Chromium. */
  readonly flags?: { readonly visitor: readonly string[]; readonly agent: readonly string[] };
  /** Whether the visitors' browser has synthetic devices and grants all it is asked for. Default true. */
  readonly fakeMedia?: boolean;
  /** Further settings of Firefox. */
  readonly prefs?: Readonly<Record<string, string | number | boolean>>;
  /** The microphones and loudspeakers of visitors, where those are not synthetic. */
  readonly sound?: SoundDevices;
  /** Where Firefox has its windows, and something to share; Chromium makes up a screen. */
  readonly screen?: Screen;
  /**
   * Lets the test look at the connections of the pages; `relayed`: they go through a relay alone, `roaming`: as well, and the
   * visitor has two networks.
   */
  readonly connections?: 'watched' | 'relayed' | 'roaming';
}

/** What Firefox says about a network without a way, a server that is not there, and a socket of a page that is left. */
const TOLD_TO_DEVELOPERS =
  /^(ICE failed|Firefox can’t establish a connection|The connection to wss?:\S+ was interrupted)/;

/** Milliseconds that a scene may take, and then its end. */
const LONGEST = 120_000;

/** Fails when `work` takes longer: what hangs is named instead of holding everything up. */
async function within<T>(work: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${what} took longer than ${LONGEST} ms`)), LONGEST);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs `play` against a fresh server and two browsers, and fails when a page logged an error that nobody expected:
 * a refused script or style (CSP), an exception.
 */
export function scene(
  title: string,
  play: (scene: Scene) => Promise<void>,
  options: SceneOptions = {},
): void {
  Deno.test(title, async () => {
    const { connections } = options;
    const relay = connections === 'relayed' || connections === 'roaming' ? await startRelay() : null;
    const nats = options.apart ? await NatsServers.start() : null;
    const common = {
      ...options,
      ...(relay ? { ice: relay.ice } : {}),
      ...(nats ? { store: nats.address('e2e') } : {}),
    };
    const product = await startProduct(common);
    const desks = nats ? await startProduct(common) : product;
    const [visitorBrowser, agentBrowser] = await Promise.all([
      browserOf('visitor', options),
      browserOf('agent', options),
    ]);
    const problems: string[] = [];
    const contexts: BrowserContext[] = [];
    const open = async (who: 'visitor' | 'agent', path: string, options: BrowserContextOptions = {}) => {
      const [browser, { url }] = who === 'visitor' ? [visitorBrowser, product] : [agentBrowser, desks];
      const context = await browser.newContext({
        viewport: VIEWPORT,
        acceptDownloads: true,
        ...options,
      });
      contexts.push(context);
      context.setDefaultTimeout(20_000);
      if (connections) {
        const routers = relay ? [relay.routers[who]] : [];
        if (relay && who === 'visitor' && connections === 'roaming') routers.push(relay.mobile);
        await watchConnections(
          context,
          routers.map(({ port }) => port),
        );
      }
      const page = await context.newPage();
      const received: string[] = [];
      page.on('websocket', (socket) => {
        socket.on('framereceived', ({ payload }) => {
          if (typeof payload === 'string') received.push(payload);
        });
      });
      page.on('pageerror', ({ message }) => {
        if (!TOLD_TO_DEVELOPERS.test(message)) problems.push(`${path}: ${message}`);
      });
      page.on('console', (message) => {
        if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()))
          problems.push(`${path}: ${message.text()}`);
      });
      await page.goto(url + path);
      return { page, context, received };
    };
    try {
      const cast = {
        product,
        relay,
        visitor: (path = '/', options?: BrowserContextOptions) => open('visitor', path, options),
        agent: (name = 'anna') => open('agent', `/agent?as=${name}`),
      };
      await within(play(cast), 'the scene');
      assert.deepEqual(problems, []);
    } finally {
      await within(Promise.all(contexts.map((context) => context.close())), 'the end of the pages');
      await within(
        Promise.all([...new Set([product, desks])].map((one) => one.dispose())),
        'the end of the server',
      );
      await nats?.[Symbol.asyncDispose]();
      if (relay) await within(relay.close(), 'the end of the relay');
    }
  });
}
