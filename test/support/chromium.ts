import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, FAKE_MEDIA_FLAGS, findChromium } from '../../scripts/chromium.mjs';

export interface ChromiumOptions {
  /** Synthetic camera and microphone, every permission granted. Default true. */
  fakeMedia?: boolean;
  /** Further command line flags. */
  args?: readonly string[];
}

/** A headless Chromium; the caller closes it. Throws when none is installed. */
export function launchChromium({ fakeMedia = true, args = [] }: ChromiumOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('Cannot launch Chromium: none is installed in a usual place; set CHROMIUM to its path');
  }
  return chromium.launch({
    executablePath,
    headless: true,
    args: [...CHROMIUM_FLAGS, ...(fakeMedia ? FAKE_MEDIA_FLAGS : []), ...args],
  });
}
