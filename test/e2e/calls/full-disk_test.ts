/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { control, inVideoCall } from '../calling.ts';
import { probe } from '../film.ts';
import { waitUntil } from '../people.ts';
import { scene } from '../product.ts';
import { chunksOnDisk, films, isKept, keptBytes, shelf, startRecording } from '../recorded-call.ts';

/** Leaves a second or two of room, as the browser counts it for the page's origin, once there is more than that. */
async function fillUp(page: Page): Promise<void> {
  const free = () =>
    page.evaluate(async () => {
      const { quota = 0, usage = 0 } = await navigator.storage.estimate();
      return quota - usage;
    });
  // What is given back counts as free a moment later.
  await waitUntil(async () => (await free()) > 1_000_000, 'there is room to be filled');
  await page.evaluate(
    async (bytes) => {
      const root = await navigator.storage.getDirectory();
      const file = await root.getFileHandle(crypto.randomUUID(), { create: true });
      const stream = await file.createWritable();
      await stream.write(new Uint8Array(bytes));
      await stream.close();
    },
    (await free()) - 200_000,
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
    await fillUp(desk);
    const seconds = await chunksOnDisk(desk);
    await desk.getByText('This device has no more room. All that was recorded is kept.').waitFor();
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
