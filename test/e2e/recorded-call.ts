/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { keysOnDisk, valuesOnDisk } from './browser-disk.ts';
import { control } from './calling.ts';
import { panel, waitUntil } from './people.ts';

/** What the tests of recordings do and see, by the accessible names of the product. */

export const shelf = (desk: Page): Locator => desk.getByRole('region', { name: 'Recordings' });

export async function startRecording(shop: Page, desk: Page): Promise<void> {
  await control(desk, 'Record').click();
  await shop.getByRole('button', { name: 'Allow recording' }).click();
  await control(desk, 'Stop recording').waitFor();
}

/** Seconds of recording that are on disk in the agent's browser. */
export const chunksOnDisk = (page: Page): Promise<number> => keysOnDisk(page, /^recording\/.+\/\d+$/);

/** Resolves when so many seconds more are on disk. */
export async function films(desk: Page, seconds: number): Promise<void> {
  const before = await chunksOnDisk(desk);
  await waitUntil(
    async () => (await chunksOnDisk(desk)) >= before + seconds,
    `${seconds} seconds more are on disk`,
    60_000,
  );
}

/** Saves a recording by its menu; gives where it is. */
export async function save(desk: Page, format: 'WebM' | 'MP4' = 'WebM'): Promise<string> {
  await shelf(desk)
    .getByRole('button', { name: /^Save recording with/ })
    .click();
  const choice = shelf(desk).getByRole(format === 'MP4' ? 'button' : 'link', { name: `Save as ${format}` });
  const [download] = await Promise.all([desk.waitForEvent('download'), choice.click()]);
  assert.match(
    download.suggestedFilename(),
    format === 'MP4' ? /^recording-.*\.mp4$/ : /^recording-.*\.webm$/,
  );
  return download.path();
}

/** Recovers what a browser that was killed then, in epoch milliseconds, left; gives the seconds from its begin to the kill. */
export async function recover(desk: Page, killedAt: number): Promise<number> {
  const recordings = shelf(desk);
  await recordings.getByText('A recording was interrupted').waitFor();
  const [note = '{}'] = await valuesOnDisk(desk, /^note\//);
  await recordings.getByRole('button', { name: /^Recover recording with Visitor/ }).click();
  await isKept(desk);
  return (killedAt - JSON.parse(note).startedAt) / 1000;
}

export const isKept = (desk: Page): Promise<void> =>
  shelf(desk).getByText('Kept with the contact').waitFor({ timeout: 60_000 });

/** SHA-256 of the newest recording that *Files* lists, as the server gives it to the agent. */
export const keptHash = async (desk: Page): Promise<string> => hashOf(await keptBytes(desk));

export async function keptBytes(desk: Page): Promise<Uint8Array> {
  await panel(desk)
    .getByRole('tab', { name: /^Files/ })
    .click();
  const link = panel(desk)
    .getByRole('list', { name: 'Files' })
    .getByRole('link', { name: /^Open recording-/ })
    .first();
  const response = await fetch((await link.getAttribute('href')) ?? '');
  assert.equal(response.status, 200);
  return new Uint8Array(await response.arrayBuffer());
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Notes when the recorder of this page is told to begin, when it has begun, and when it ends; before the page loads. */
export const watchRecorder = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const times: number[] = [];
    Object.assign(globalThis, { recorderTimes: times });
    const note = () => times.push(performance.now() / 1000);
    const { start, stop } = MediaRecorder.prototype;
    MediaRecorder.prototype.start = function (timeslice) {
      note();
      this.addEventListener('start', note);
      start.call(this, timeslice);
    };
    MediaRecorder.prototype.stop = function () {
      note();
      stop.call(this);
    };
  });

/** Seconds that it ran, at least and at most. */
export async function recorderRan(page: Page): Promise<{ least: number; most: number }> {
  const [told = 0, begun = 0, ended = 0] = await page.evaluate(
    () => (globalThis as unknown as { recorderTimes: number[] }).recorderTimes,
  );
  return { least: ended - begun, most: ended - told };
}
