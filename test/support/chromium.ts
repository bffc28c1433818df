import { existsSync } from 'node:fs';
import process from 'node:process';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const FAKE_MEDIA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export interface ChromiumOptions {
  /** Synthetic camera and microphone, every permission granted. Default true. */
  fakeMedia?: boolean;
  /** Further command line flags. */
  args?: readonly string[];
}

/** The browser named by `CHROMIUM`, else the first one installed in a usual place. Throws when there is none. */
export function findChromium(): string {
  const named = process.env.CHROMIUM;
  const found = named ?? CANDIDATES.find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error('Cannot launch Chromium: none is installed in a usual place; set CHROMIUM to its path');
  }
  return found;
}

/** A headless Chromium; the caller closes it. */
export function launchChromium({ fakeMedia = true, args = [] }: ChromiumOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: [...FLAGS, ...(fakeMedia ? FAKE_MEDIA : []), ...args],
  });
}
