import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, FAKE_MEDIA_FLAGS, findChromium } from '../../scripts/chromium.mjs';

/** A browser with a profile on disk that can die: the process itself is killed, nothing gets a word in. */
export interface MortalBrowser {
  readonly browser: Browser;
  /**
   * Puts a tab in front of all others while `during` runs: what was in front is hidden as it is for a person. That shows only
   * when nobody drives the browser, so its pages are to be taken anew from the one given.
   */
  hideTabs(during: (tabs: HiddenTabs) => Promise<void>): Promise<Browser>;
  kill(): Promise<void>;
}

export interface HiddenTabs {
  /** Evaluates in the tab whose address contains `address`, and leaves it hidden. */
  evaluate(address: string, expression: string): Promise<unknown>;
}

/** Starts Chromium on the profile in `folder`, with synthetic devices. */
export async function startMortalBrowser(folder: string): Promise<MortalBrowser> {
  const child = new Deno.Command(findChromium() ?? 'chromium', {
    args: [
      '--headless',
      ...CHROMIUM_FLAGS,
      ...FAKE_MEDIA_FLAGS,
      `--user-data-dir=${folder}`,
      '--remote-debugging-port=0',
    ],
    stdout: 'null',
    stderr: 'piped',
  }).spawn();
  const { address, silence } = await listenTo(child.stderr);
  const browser = await chromium.connectOverCDP(address);
  return {
    browser,
    async hideTabs(during) {
      await browser.close();
      const { host } = new URL(address);
      await (await fetch(`http://${host}/json/new?about:blank`, { method: 'PUT' })).body?.cancel();
      await during({ evaluate: (tab, expression) => evaluateIn(host, tab, expression) });
      return chromium.connectOverCDP(address);
    },
    async kill() {
      child.kill('SIGKILL');
      // Its helpers hold the same pipe: when nobody does any more, nobody writes to the profile either.
      await Promise.all([child.status, silence]);
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
