import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { bundled } from './scripts/bundled.mjs';
import { CHROMIUM_FLAGS, FAKE_MEDIA_FLAGS, findChromium } from './scripts/chromium.mjs';
import { totalsReporter } from './scripts/totals-reporter.mjs';

const MINUTE = 60_000;

/** How often each address was asked for. */
const asked = new Map();

/**
 * A module at `/flaky/N/NAME.js` that comes only after N requests in vain.
 * @type {import('@web/dev-server-core').Middleware}
 */
const flaky = (context, next) => {
  const [, failures] = /^\/flaky\/(\d+)\//.exec(context.path) ?? [];
  if (failures === undefined) return next();
  const before = asked.get(context.path) ?? 0;
  asked.set(context.path, before + 1);
  // Past the server's own caching, which would answer in vain for ever.
  context.respond = false;
  context.res.writeHead(before < Number(failures) ? 503 : 200, { 'content-type': 'text/javascript' });
  context.res.end('export const isHere = true;');
};

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: 'test/elements/**/*.test.ts',
  nodeResolve: true,
  middleware: [flaky],
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
