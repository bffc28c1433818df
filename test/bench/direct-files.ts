import { build } from 'esbuild';
import { launchChromium } from '../support/chromium.ts';
import type { Transfer } from './direct-files-page.ts';
import { median, table } from './figures.ts';

const MEGABYTES = 200;
const LEAST = 20;
const LONGEST_TASK = 60;

/**
 * A file of 200 MB over a data channel between two ends in one page, which is harder on its main thread than a call is, beside
 * bare chunks of the same size. Prints medians; fails below 20 MB/s, and with a task of more than 60 ms.
 */
export async function directFiles(rounds: number): Promise<boolean> {
  const { outputFiles } = await build({
    entryPoints: [new URL('./direct-files-page.ts', import.meta.url).pathname],
    bundle: true,
    format: 'iife',
    write: false,
  });
  const server = Deno.serve(
    { port: 0, hostname: 'localhost', onListen() {} },
    () => new Response('<!doctype html><title>Files</title>', { headers: { 'content-type': 'text/html' } }),
  );
  const browser = await launchChromium();
  try {
    const results: Record<'direct' | 'bare', Transfer[]> = { direct: [], bare: [] };
    for (let round = 0; round < rounds; round++)
      for (const how of ['bare', 'direct'] as const) {
        const page = await browser.newPage();
        await page.goto(`http://localhost:${server.addr.port}/`);
        await page.evaluate(outputFiles[0]?.text ?? '');
        results[how].push(await page.evaluate(`transfer('${how}', ${MEGABYTES})`));
        await page.close();
      }
    const speed = (how: 'direct' | 'bare') =>
      median(results[how].map(({ megabytesPerSecond }) => megabytesPerSecond));
    const task = (how: 'direct' | 'bare') => median(results[how].map(({ longestTask }) => longestTask));
    table(
      `A file of ${MEGABYTES} MB from one side of a call to the other (${rounds} paired rounds, medians)`,
      ['how', 'MB/s', 'longest task ms'],
      [
        [
          'Vicino',
          `${speed('direct').toFixed(1)} [${LEAST}]`,
          `${task('direct').toFixed(0)} [${LONGEST_TASK}]`,
        ],
        ['bare data channel', speed('bare').toFixed(1), task('bare').toFixed(0)],
      ],
    );
    return speed('direct') >= LEAST && task('direct') <= LONGEST_TASK;
  } finally {
    await browser.close();
    await server.shutdown();
  }
}
