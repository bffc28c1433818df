/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { control, inVideoCall } from '../calling.ts';
import { isHeardThroughout, loudnessOf, picturesOf, probe, sightsOf } from '../film.ts';
import { createProfile } from '../mortal-browser.ts';
import { waitUntil } from '../people.ts';
import { scene, VIEWPORT } from '../product.ts';
import {
  films,
  isKept,
  keptBytes,
  recorderRan,
  recover,
  shelf,
  startRecording,
  watchRecorder,
} from '../recorded-call.ts';
import { devicesOf, RED } from './synthetic-people.ts';

const folder = Deno.makeTempDirSync({ prefix: 'vicino-people-' });
addEventListener('unload', () => Deno.removeSync(folder, { recursive: true }));
const flags = { visitor: await devicesOf(folder, 'visitor', RED), agent: [] };
/** Hertz that the microphone of Firefox hears. */
const AGENT_TONE = 440;

/** Looks at another tab, as a person does who follows a link. */
async function lookAway(desk: Page): Promise<void> {
  await desk.evaluate(() => {
    const link = Object.assign(document.createElement('a'), {
      href: '/check',
      target: '_blank',
      textContent: 'Elsewhere',
    });
    link.style.cssText = 'position: fixed; inset: 0 auto auto 0';
    document.body.append(link);
  });
  await desk.getByRole('link', { name: 'Elsewhere' }).click();
  await desk.waitForFunction(() => document.visibilityState === 'hidden', undefined, { polling: 100 });
}

/** Both voices all the way, the visitor large, and beside them the agent's camera, which changes its colour. */
async function holdsBoth(path: string): Promise<void> {
  assert.deepEqual((await probe(path)).kinds.toSorted(), ['audio', 'video']);
  for (const tone of [RED.tone, AGENT_TONE]) {
    const parts = await loudnessOf(path, tone);
    assert.ok(isHeardThroughout(parts), `${tone} Hz all the way: ${parts}`);
  }
  const sights = (await sightsOf(path)).slice(3);
  for (const sight of sights) assert.match(sight, /^red (?!black)/);
}

/** The one file there; while Firefox is at it there are two, or it is empty. */
async function savedIn(folder: string): Promise<{ name: string; bytes: Uint8Array } | null> {
  const files = Array.fromAsync(Deno.readDir(folder));
  const [{ name } = { name: '' }, ...others] = await files;
  return name && others.length === 0 ? { name, bytes: await Deno.readFile(`${folder}/${name}`) } : null;
}

scene(
  'R2 R3 R4 R5 an agent in Firefox: both sides are in the film, also while another tab is in front, and after the browser was killed',
  async ({ product, visitor }) => {
    await using profile = await createProfile();
    const film = `${profile.folder}/film.webm`;
    const openDesk = async () => {
      const { context, ...firefox } = await profile.startFirefox();
      const page = await context.newPage();
      await page.setViewportSize(VIEWPORT);
      await watchRecorder(page);
      await page.goto(`${product.url}/agent?as=anna`);
      return { page, ...firefox };
    };
    const before = await openDesk();
    const desk = before.page;
    const shop = (await visitor()).page;
    await inVideoCall(shop, desk);
    await startRecording(shop, desk);
    await films(desk, 3);
    await control(desk, 'Stop recording').click();
    await isKept(desk);
    const bytes = await keptBytes(desk);
    await Deno.writeFile(film, bytes);
    await holdsBoth(film);
    const { duration } = await probe(film);
    const { least, most } = await recorderRan(desk);
    assert.ok(duration > least - 0.5 && duration < most + 0.5, `${duration} s of ${least} to ${most} s`);

    await shelf(desk)
      .getByRole('button', { name: /^Save recording with/ })
      .click();
    await shelf(desk)
      .getByText(/^MP4 is not possible: this browser records VP8/)
      .waitFor();
    await shelf(desk).getByRole('link', { name: 'Save as WebM' }).click();
    await waitUntil(
      async () => (await savedIn(before.downloads))?.bytes.length === bytes.length,
      'it is saved',
    );
    const saved = await savedIn(before.downloads);
    assert.match(saved?.name ?? '', /^recording-.*\.webm$/);
    assert.deepEqual(saved?.bytes, bytes, 'the server has the same bytes');
    await shelf(desk)
      .getByRole('button', { name: /^Dismiss recording with/ })
      .click();
    await shelf(desk).waitFor({ state: 'detached' });

    await startRecording(shop, desk);
    await films(desk, 2);
    await lookAway(desk);
    await films(desk, 4);
    const killedAt = Date.now();
    await before.kill();

    const after = await openDesk();
    const length = await recover(after.page, killedAt);
    await Deno.writeFile(film, await keptBytes(after.page));
    await holdsBoth(film);
    const recovered = (await probe(film)).duration;
    assert.ok(recovered > length - 2 && recovered < length + 0.5, `${recovered} s of ${length} s`);
    const pictures = await picturesOf(film);
    const rate = (from: number, to: number) =>
      pictures.filter((at) => at >= from && at < to).length / (to - from);
    assert.ok(
      rate(3, 5) > 0.75 * rate(0, 2),
      `${rate(3, 5)} pictures a second while hidden, ${rate(0, 2)} before`,
    );
  },
  { flags },
);
