import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { control, inVideoCall } from '../calling.ts';
import { isHeardThroughout, loudnessOf, probe, type Sight, scenesOf, sightsOf } from '../film.ts';
import { showsPictures } from '../media.ts';
import { sees } from '../people.ts';
import { scene } from '../product.ts';
import {
  chunksOnDisk,
  films,
  hashOf,
  isKept,
  keptHash,
  recorderRan,
  save,
  shelf,
  startRecording,
  watchRecorder,
} from '../recorded-call.ts';
import { BLUE, devicesOf, RED } from './synthetic-people.ts';

const folder = Deno.makeTempDirSync({ prefix: 'vicino-people-' });
addEventListener('unload', () => Deno.removeSync(folder, { recursive: true }));
const flags = {
  visitor: await devicesOf(folder, 'visitor', RED),
  agent: await devicesOf(folder, 'agent', BLUE),
};
/** Of a tone that is not there, in any half second. */
const SILENT = 0.005;

scene(
  "R1 R2 R3 R5 with the visitor's consent one file with both voices and pictures, kept with the contact",
  async ({ visitor, agent }) => {
    const { page: shop, received } = await visitor();
    const desk = (await agent()).page;
    await watchRecorder(desk);
    await desk.reload();
    await inVideoCall(shop, desk);
    await control(desk, 'Record').click();
    const consent = shop.getByRole('dialog', { name: 'Recording request' });
    await consent.waitFor();
    assert.equal(await chunksOnDisk(desk), 0, 'nothing is kept before consent');
    await consent.getByRole('button', { name: 'Allow recording' }).click();
    for (const page of [shop, desk]) {
      await page.getByText('This call is being recorded.').waitFor();
      await page.getByText(/^Recording\s+0:\d\d$/).waitFor();
    }
    await films(desk, 3);
    await control(desk, 'Mute sound').click();
    await films(desk, 3);
    await control(shop, 'Stop recording').click();

    await isKept(desk);
    const path = await save(desk);
    const film = await probe(path);
    const { least, most } = await recorderRan(desk);
    const { duration } = film;
    assert.ok(duration > least - 0.5 && duration < most + 0.5, `${duration} s of ${least} to ${most} s`);
    assert.deepEqual(film.kinds.toSorted(), ['audio', 'video']);
    assert.ok(film.seeks, 'a seek lands where it was asked to');
    assert.deepEqual(scenesOf(await sightsOf(path)), ['red blue']);
    for (const { tone } of [RED, BLUE]) {
      const parts = await loudnessOf(path, tone);
      assert.ok(isHeardThroughout(parts), `${tone} Hz all the way: ${parts}`);
    }
    assert.ok(
      (await loudnessOf(path, 700)).every((part) => part < SILENT),
      'nothing else is heard',
    );

    const mp4 = await save(desk, 'MP4');
    const same = await probe(mp4);
    assert.ok(Math.abs(same.duration - duration) < 0.1, `${same.duration} s of ${duration} s`);
    assert.deepEqual([same.kinds.toSorted(), same.seeks], [['audio', 'video'], true]);
    assert.deepEqual(scenesOf(await sightsOf(mp4)), ['red blue']);

    assert.equal(await keptHash(desk), hashOf(await Deno.readFile(path)), 'the server has the same bytes');
    await sees(shop, 'The recording stopped');
    assert.deepEqual(
      received.filter((frame) => frame.includes('recording-')),
      [],
      'the visitor is not given it',
    );
    await shelf(desk)
      .getByRole('button', { name: /^Dismiss recording with/ })
      .click();
    await shelf(desk).waitFor({ state: 'detached' });
    assert.equal(await chunksOnDisk(desk), 0, 'what the server has is cleared from this device');
  },
  { flags },
);

scene(
  'R2 V5 V14 the film follows cameras, screens, a muted microphone and a visitor who reloads',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    await startRecording(shop, desk);
    await films(desk, 2);
    const change = async (page: Page, name: string, then: string) => {
      await control(page, name).click();
      await control(page, then).waitFor();
      await films(desk, 2);
    };
    await change(shop, 'Turn camera off', 'Turn camera on');
    await change(shop, 'Turn camera on', 'Turn camera off');
    await change(desk, 'Turn camera off', 'Turn camera on');
    await change(desk, 'Turn camera on', 'Turn camera off');
    await change(desk, 'Share screen', 'Stop sharing');
    await change(desk, 'Stop sharing', 'Share screen');
    await change(shop, 'Mute microphone', 'Unmute microphone');
    await shop.reload();
    await showsPictures(desk, 'remote');
    await films(desk, 1);
    await change(shop, 'Unmute microphone', 'Mute microphone');
    await control(shop, 'Hang up').click();
    await isKept(desk);

    const path = await save(desk);
    const seen = scenesOf(await sightsOf(path));
    const expected: Sight[] = [
      'red blue',
      'black blue',
      'red blue',
      'red red',
      'red blue',
      'green red',
      'red blue',
    ];
    assert.deepEqual(seen.slice(0, expected.length), expected);
    assert.equal(seen.at(-1), 'red blue', 'and after the reload');
    const [muted, heard] = await Promise.all([loudnessOf(path, RED.tone), loudnessOf(path, BLUE.tone)]);
    const silences = muted.map((part) => part < SILENT).filter((silent, n, all) => silent !== all[n - 1]);
    assert.deepEqual(silences.slice(-3), [false, true, false], `the visitor, muted and back: ${muted}`);
    assert.ok(isHeardThroughout(heard), `the agent, all the way: ${heard}`);
  },
  { flags },
);
