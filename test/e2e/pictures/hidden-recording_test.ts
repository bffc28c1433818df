/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { control, inVideoCall } from '../calling.ts';
import { freezesOf, picturesOf, probe } from '../film.ts';
import { createProfile } from '../mortal-browser.ts';
import { waitUntil } from '../people.ts';
import { scene, VIEWPORT } from '../product.ts';
import { films, isKept, keptBytes, startRecording } from '../recorded-call.ts';

scene(
  'R2 the film runs on at its full rate while the agent looks at another tab',
  async ({ product, visitor }) => {
    await using profile = await createProfile();
    const { context, hideTabs } = await profile.startChromium();
    const desk = await context.newPage();
    await desk.addInitScript(() => {
      const counts = { kept: 0 };
      Object.assign(globalThis, { counts });
      const { start } = MediaRecorder.prototype;
      MediaRecorder.prototype.start = function (timeslice) {
        this.addEventListener('dataavailable', () => {
          counts.kept += 1;
        });
        start.call(this, timeslice);
      };
    });
    await desk.setViewportSize(VIEWPORT);
    await desk.goto(`${product.url}/agent?as=anna`);
    const shop = (await visitor()).page;
    await inVideoCall(shop, desk);
    await startRecording(shop, desk);
    await films(desk, 4);

    let hiddenFrom = 0;
    let hiddenTo = 0;
    const browser = await hideTabs(async ({ evaluate }) => {
      const kept = async () => Number(await evaluate('/agent', 'counts.kept'));
      await waitUntil(
        async () => (await evaluate('/agent', 'document.visibilityState')) === 'hidden',
        'the console is hidden',
      );
      hiddenFrom = await kept();
      await waitUntil(async () => (await kept()) >= hiddenFrom + 8, 'eight seconds are recorded', 60_000);
      assert.equal(await evaluate('/agent', 'document.visibilityState'), 'hidden');
      hiddenTo = await kept();
    });
    const [again] = browser
      .contexts()
      .flatMap((one) => one.pages())
      .filter((page) => page.url().includes('/agent')) as [Page];
    await films(again, 2);
    await control(again, 'Stop recording').click();
    await isKept(again);
    const path = `${profile.folder}/saved.webm`;
    await Deno.writeFile(path, await keptBytes(again));
    const { duration } = await probe(path);
    const pictures = await picturesOf(path);
    const rate = (from: number, to: number) =>
      pictures.filter((at) => at >= from && at < to).length / (to - from);
    const [seen, hidden] = [rate(1, hiddenFrom - 1), rate(hiddenFrom + 1, hiddenTo - 1)];
    assert.ok(
      hidden > 0.75 * seen,
      `${hidden} pictures a second while hidden, ${seen} before, ${duration} s`,
    );
    const frozen = (await freezesOf(path)).filter(
      ({ from, to }) => from < hiddenFrom + 1 && to > hiddenTo - 1,
    );
    assert.deepEqual(frozen, [], 'the pictures go on');
  },
);
