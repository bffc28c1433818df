import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, FAKE_MEDIA_FLAGS, findChromium } from '../../scripts/chromium.mjs';

/** A browser with a profile on disk that can die: the process itself is killed, nothing gets a word in. */
export interface MortalBrowser {
  readonly browser: Browser;
  kill(): Promise<void>;
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
  const address = await debuggerOf(child.stderr);
  return {
    browser: await chromium.connectOverCDP(address),
    async kill() {
      child.kill('SIGKILL');
      await child.status;
    },
  };
}

/** Chromium says on stderr where its debugger listens; the rest is read on, so that it never blocks. */
async function debuggerOf(stderr: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stderr.getReader();
  const decoder = new TextDecoder();
  let said = '';
  while (true) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`Chromium ended instead of listening: ${said}`);
    said += decoder.decode(value, { stream: true });
    const address = /DevTools listening on (\S+)/.exec(said)?.[1];
    if (!address) continue;
    void (async () => {
      while (!(await reader.read()).done);
    })();
    return address;
  }
}
