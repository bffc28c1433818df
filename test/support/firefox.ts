import { type Browser, firefox } from 'playwright-core';
import { findFirefox, firefoxLaunch, withoutColourSchemes } from '../../scripts/firefox.mjs';

export interface FirefoxOptions {
  /** Synthetic camera and microphone; else those of the machine. Default true. */
  fakeMedia?: boolean;
  /** Whether it does without a window. Default true. */
  headless?: boolean;
  /** Further settings. */
  prefs?: Readonly<Record<string, string | number | boolean>>;
  /** Added to the environment. */
  env?: Readonly<Record<string, string>>;
}

/** A headless Firefox that grants every permission; the caller closes it. Throws when none is installed. */
export async function launchFirefox({
  fakeMedia = true,
  headless = true,
  prefs = {},
  env = {},
}: FirefoxOptions = {}): Promise<Browser> {
  if (findFirefox() === undefined) {
    throw new Error(
      'Cannot launch Firefox: none is installed in a usual place; install firefox-esr or set FIREFOX to its path',
    );
  }
  const options = firefoxLaunch();
  return withoutColourSchemes(
    await firefox.launch({
      ...options,
      headless,
      env: { ...options.env, ...env },
      firefoxUserPrefs: { ...options.firefoxUserPrefs, 'media.navigator.streams.fake': fakeMedia, ...prefs },
    }),
  );
}
