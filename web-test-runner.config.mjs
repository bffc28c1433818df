import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { bundled } from './scripts/bundled.mjs';
import { CHROMIUM_FLAGS, FAKE_MEDIA_FLAGS, findChromium } from './scripts/chromium.mjs';
import { totalsReporter } from './scripts/totals-reporter.mjs';

const MINUTE = 60_000;

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: 'test/elements/**/*.test.ts',
  nodeResolve: true,
  concurrency: 2,
  // A machine that is busy takes its time to open a page.
  browserStartTimeout: 2 * MINUTE,
  testsFinishTimeout: 3 * MINUTE,
  testFramework: { config: { timeout: 20_000 } },
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: {
        executablePath: findChromium(),
        args: [...CHROMIUM_FLAGS, ...FAKE_MEDIA_FLAGS],
      },
    }),
  ],
  plugins: bundled(
    'test/elements',
    // Without target and tsconfig Lit's decorators break; the plugin does not follow `extends`, hence the base file.
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tsconfig.base.json' }),
  ),
  filterBrowserLogs: ({ args }) => !/^(Lit is in dev mode|Multiple versions of Lit)/.test(String(args[0])),
  reporters: [defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) }), totalsReporter()],
};
