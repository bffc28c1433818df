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
  const { address, silence } = await listenTo(child.stderr);
  return {
    browser: await chromium.connectOverCDP(address),
    async kill() {
      child.kill('SIGKILL');
      // Its helpers hold the same pipe: when nobody does any more, nobody writes to the profile either.
      await Promise.all([child.status, silence]);
    },
  };
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
