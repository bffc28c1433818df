import { playwrightLauncher } from '@web/test-runner-playwright';
import { firefoxLaunch, withoutColourSchemes } from './scripts/firefox.mjs';
import base from './web-test-runner.config.mjs';

/**
 * What calls and recordings are made of, and what differs otherwise, in the other engine. Its made-up camera has one size,
 * and it does not hand on an end of a track that a test makes up: what is shown of own devices with those stays with Chromium.
 * @type {import('@web/test-runner').TestRunnerConfig}
 */
export default {
  ...base,
  files: [
    'test/elements/media/{call,clock,composition,connection,devices,direct-files,recorder,safety}.test.ts',
    'test/elements/store/fetch-code.test.ts',
  ],
  concurrency: 1,
  browsers: [
    playwrightLauncher({
      product: 'firefox',
      launchOptions: firefoxLaunch(),
      createBrowserContext: ({ browser }) => withoutColourSchemes(browser).newContext(),
    }),
  ],
};
