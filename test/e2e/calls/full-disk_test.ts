/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { control, inVideoCall } from '../calling.ts';
import { probe } from '../film.ts';
import { waitUntil } from '../people.ts';
import { scene } from '../product.ts';
import { chunksOnDisk, films, isKept, keptBytes, shelf, startRecording } from '../recorded-call.ts';

/** Leaves a second or two of room, as the browser counts it for the page's origin, once there is more than that. */
const fillUp = (page: Page): Promise<void> =>
  waitUntil(
    () =>
      page.evaluate(async () => {
        // What is given back counts as free a moment later.
        const { quota = 0, usage = 0 } = await navigator.storage.estimate();
        if (quota - usage < 1_000_000) return false;
        const root = await navigator.storage.getDirectory();
        const file = await root.getFileHandle(crypto.randomUUID(), { create: true });
        const stream = await file.createWritable();
        try {
          await stream.write(new Uint8Array(quota - usage - 200_000));
          await stream.close();
          return true;
        } catch {
          // The recording took of it meanwhile.
          await stream.abort().catch(() => {});
          return false;
        }
      }),
    'there is room, and it is filled',
    60_000,
  );

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
    // What is left now fits in by a second or two; what the next write takes of the reserve is for the end of the recording.
    const over = desk.getByText('This device has no more room. All that was recorded is kept.');
    let seconds = 0;
    await waitUntil(
      async () => {
        seconds = Math.max(seconds, await chunksOnDisk(desk));
        return over.isVisible();
      },
      'the agent is told that there is no more room',
      60_000,
    );
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
