import { type Browser, type BrowserContext, chromium, firefox } from 'playwright-core';
import { CHROMIUM_FLAGS, FAKE_MEDIA_FLAGS, findChromium } from '../../scripts/chromium.mjs';
import { firefoxLaunch } from '../../scripts/firefox.mjs';
import { launchFirefox } from '../support/firefox.ts';

/** A browser that can die: the process itself is killed, nothing gets a word in. */
export interface MortalBrowser {
  /** The one that its profile keeps. */
  readonly context: BrowserContext;
  kill(): Promise<void>;
}

export interface MortalChromium extends MortalBrowser {
  /**
   * Puts a tab in front of all others while `during` runs: what was in front is hidden as it is for a person. That shows only
   * when nobody drives the browser, so its pages are to be taken anew from the one given.
   */
  hideTabs(during: (tabs: HiddenTabs) => Promise<void>): Promise<Browser>;
}

export interface MortalFirefox extends MortalBrowser {
  /** Where the files are that somebody saved. */
  readonly downloads: string;
}

export interface HiddenTabs {
  /** Evaluates in the tab whose address contains `address`, and leaves it hidden. */
  evaluate(address: string, expression: string): Promise<unknown>;
}

/** A profile on disk for browsers with synthetic devices, one after the other. Takes the last of them with it. */
export interface Profile extends AsyncDisposable {
  readonly folder: string;
  startChromium(): Promise<MortalChromium>;
  startFirefox(): Promise<MortalFirefox>;
}

export async function createProfile(): Promise<Profile> {
  const folder = await Deno.makeTempDir({ prefix: 'vicino-profile-' });
  let last: MortalBrowser | null = null;
  const remember = <T extends MortalBrowser>(browser: T): T => {
    last = browser;
    return browser;
  };
  return {
    folder,
    startChromium: async () => remember(await startChromium(folder)),
    startFirefox: async () => remember(await startFirefox(folder)),
    async [Symbol.asyncDispose]() {
      await last?.kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function startChromium(folder: string): Promise<MortalChromium> {
  const child = new Deno.Command(findChromium() ?? 'chromium', {
    args: [
      '--headless',
      ...CHROMIUM_FLAGS,
      ...FAKE_MEDIA_FLAGS,
      `--user-data-dir=${folder}`,
      '--remote-debugging-port=0',
      // Its own first page asks the network, and whoever wants to drive the browser waits for that.
      'about:blank',
    ],
    stdout: 'null',
    stderr: 'piped',
  }).spawn();
  const { address, silence } = await listenTo(child.stderr);
  // Its helpers hold the same pipe: when nobody does any more, nobody writes to the profile either.
  const gone = Promise.all([child.status, silence]);
  const browser = await chromium.connectOverCDP(address);
  const [context = await browser.newContext()] = browser.contexts();
  return {
    context,
    async hideTabs(during) {
      await browser.close();
      const { host } = new URL(address);
      await (await fetch(`http://${host}/json/new?about:blank`, { method: 'PUT' })).body?.cancel();
      await during({ evaluate: (tab, expression) => evaluateIn(host, tab, expression) });
      return chromium.connectOverCDP(address);
    },
    async kill() {
      try {
        child.kill('SIGKILL');
      } catch {
        // It is dead.
      }
      await gone;
    },
  };
}

async function startFirefox(folder: string): Promise<MortalFirefox> {
  // The first of a process teaches Playwright what Firefox does not know.
  await (await launchFirefox()).close();
  const { executablePath, ...options } = firefoxLaunch();
  const start = `${folder}/start`;
  // Playwright does not say which process it is.
  await Deno.writeTextFile(start, `#!/bin/sh\necho $$ > ${folder}/pid\nexec "${executablePath}" "$@"\n`, {
    mode: 0o700,
  });
  const downloads = `${folder}/downloads`;
  const context = await firefox.launchPersistentContext(folder, {
    ...options,
    executablePath: start,
    downloadsPath: downloads,
  });
  const pid = Number(await Deno.readTextFile(`${folder}/pid`));
  const gone = new Promise((resolve) => context.once('close', resolve));
  return {
    context,
    downloads,
    async kill() {
      try {
        Deno.kill(pid, 'SIGKILL');
      } catch {
        // It is dead.
      }
      await gone;
    },
  };
}

async function evaluateIn(host: string, tab: string, expression: string): Promise<unknown> {
  const tabs: { url: string; webSocketDebuggerUrl: string }[] = await (
    await fetch(`http://${host}/json/list`)
  ).json();
  const socket = new WebSocket(tabs.find(({ url }) => url.includes(tab))?.webSocketDebuggerUrl ?? '');
  try {
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    const answer = new Promise<MessageEvent>((resolve) => socket.addEventListener('message', resolve));
    const params = { expression, returnByValue: true, awaitPromise: true };
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
    return JSON.parse((await answer).data).result.result.value;
  } finally {
    socket.close();
  }
}

/** Chromium says on stderr where its debugger listens; the rest is read on, so that it never blocks. */
async function listenTo(
  stderr: ReadableStream<Uint8Array>,
): Promise<{ address: string; silence: Promise<void> }> {
  const reader = stderr.getReader();
  const decoder = new TextDecoder();
  let said = '';
  while (true) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`Chromium ended instead of listening: ${said}`);
    said += decoder.decode(value, { stream: true });
    const address = /DevTools listening on (\S+)/.exec(said)?.[1];
    if (address) return { address, silence: drain(reader) };
  }
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}
