import { type Browser, firefox } from 'playwright-core';
import { findFirefox, firefoxLaunch, withoutColourSchemes } from '../../scripts/firefox.mjs';

/** A headless Firefox with a synthetic camera and microphone; the caller closes it. Throws when none is installed. */
export async function launchFirefox(): Promise<Browser> {
  if (findFirefox() === undefined) {
    throw new Error(
      'Cannot launch Firefox: none is installed in a usual place; install firefox-esr or set FIREFOX to its path',
    );
  }
  return withoutColourSchemes(await firefox.launch(firefoxLaunch()));
}
