/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';

export const SIZES = [
  { width: 375, height: 812 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
] as const;
const SCHEMES = ['light', 'dark'] as const;

/** Shown in the documentation: each side at every width, in both schemes. */
const CHOSEN = new Set([
  'widget-home-375-light',
  'widget-chat-375-dark',
  'widget-call-375-light',
  'widget-prompt-768-light',
  'widget-ready-375-light',
  'widget-call-768-dark',
  'widget-chat-1440-light',
  'widget-call-1440-dark',
  'console-desk-375-light',
  'console-call-375-dark',
  'console-call-768-light',
  'console-desk-768-dark',
  'console-waiting-1440-light',
  'console-desk-1440-dark',
  'console-call-1440-light',
  'console-upload-1440-dark',
]);

const [, everything] = Deno.args[0] === '--all' ? Deno.args : [];
const folder = everything ?? new URL('../../docs/screenshots', import.meta.url).pathname;
await Deno.mkdir(folder, { recursive: true });

interface Pose {
  /** Done again for each picture: what would fade between two. */
  readonly before?: () => Promise<unknown>;
}

/** The page in every width and scheme, as `STATE-WIDTH-SCHEME.png`. */
export async function picture(page: Page, state: string, { before }: Pose = {}): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  for (const size of SIZES) {
    for (const colorScheme of SCHEMES) {
      const name = `${state}-${size.width}-${colorScheme}`;
      if (!everything && !CHOSEN.has(name)) continue;
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      // A phone has no mouse.
      await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: size.width < 480 });
      await before?.();
      await painted(page);
      await page.screenshot({ path: `${folder}/${name}.png` });
    }
  }
  await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: false });
  await devtools.detach();
  await page.setViewportSize(SIZES[2]);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Both sides of the call in one picture, `hero.png`: the shop and the desk. */
export async function hero(studio: Browser, shop: Page, desk: Page): Promise<void> {
  const shots: string[] = [];
  for (const [page, size] of [
    [shop, { width: 760, height: 840 }],
    [desk, { width: 1320, height: 840 }],
  ] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: 'light' });
    await painted(page);
    const bytes = await page.screenshot();
    shots.push(`<img src="data:image/png;base64,${bytes.toString('base64')}" width="${size.width}">`);
  }
  const page = await studio.newPage({ viewport: { width: 2200, height: 940 } });
  await page.setContent(`<style>
    body { margin: 0; display: flex; gap: 32px; padding: 50px 44px; background: linear-gradient(120deg, #dfe9ea, #f1e9dd) }
    img { border-radius: 14px; box-shadow: 0 0 0 1px #0f172014, 0 24px 70px #0f172038 }
  </style>${shots.join('')}`);
  await page.screenshot({ path: `${folder}/hero.png` });
  await page.close();
}

/** Resolves when what was laid out anew is painted. */
function painted(page: Page): Promise<unknown> {
  return page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
