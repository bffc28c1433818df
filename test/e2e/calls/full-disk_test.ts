/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { control, inVideoCall } from '../calling.ts';
import { probe } from '../film.ts';
import { waitUntil } from '../people.ts';
import { scene } from '../product.ts';
import { chunksOnDisk, films, isKept, keptBytes, shelf, startRecording } from '../recorded-call.ts';

/** Room as the browser counts it for the page's origin, in bytes. */
const free = (page: Page) =>
  page.evaluate(async () => {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return quota - usage;
  });

/** Leaves a second or two of room, once there is more than that, or does nothing when that is not needed any more. */
async function fillUp(page: Page, isOver = () => false): Promise<void> {
  // What is given back counts as free a moment later.
  await waitUntil(async () => isOver() || (await free(page)) > 1_000_000, 'there is room to be filled');
  if (isOver()) return;
  await page.evaluate(
    async (bytes) => {
      const root = await navigator.storage.getDirectory();
      const file = await root.getFileHandle(crypto.randomUUID(), { create: true });
      const stream = await file.createWritable();
      await stream.write(new Uint8Array(bytes));
      await stream.close();
    },
    (await free(page)) - 200_000,
  );
}

scene(
  'R4 a disk that fills up while recording: the agent is told how long it goes on, it ends in time, and all of it is kept',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    await startRecording(shop, desk);
    await films(desk, 2);
    const warning = shelf(desk).getByRole('alert');
    for (const room of ['3 more minutes', '2 more minutes', 'one more minute']) {
      await fillUp(desk);
      await warning.getByText(`This device has room for about ${room}.`).waitFor();
    }
    let [isOver, seconds] = [false, 0];
    const over = desk
      .getByText('This device has no more room. All that was recorded is kept.')
      .waitFor({ timeout: 60_000 })
      .then(() => {
        isOver = true;
      });
    while (!isOver) {
      seconds = Math.max(seconds, await chunksOnDisk(desk));
      await fillUp(desk, () => isOver);
    }
    await over;
    await control(desk, 'Record').waitFor();
    await isKept(desk);
    const path = await Deno.makeTempFile({ suffix: '.webm' });
    await Deno.writeFile(path, await keptBytes(desk));
    const { duration, kinds } = await probe(path);
    await Deno.remove(path);
    assert.ok(duration > seconds - 1, `${duration} s of ${seconds}`);
    assert.deepEqual(kinds.toSorted(), ['audio', 'video']);
  },
  { agent: 'firefox', prefs: { 'dom.quotaManager.temporaryStorage.fixedLimit': 500_000 } },
);
