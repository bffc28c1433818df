import { playwrightLauncher } from '@web/test-runner-playwright';
import { firefoxLaunch, withoutColourSchemes } from './scripts/firefox.mjs';
import base from './web-test-runner.config.mjs';

/** What calls are made of, in the other engine. @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...base,
  files: 'test/elements/media/{call,connection,devices,direct-files,safety}.test.ts',
  concurrency: 1,
  browsers: [
    playwrightLauncher({
      product: 'firefox',
      launchOptions: firefoxLaunch(),
      createBrowserContext: ({ browser }) => withoutColourSchemes(browser).newContext(),
    }),
  ],
};
