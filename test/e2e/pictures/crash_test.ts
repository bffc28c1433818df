import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { valuesOnDisk } from '../browser-disk.ts';
import { inVideoCall } from '../calling.ts';
import { startMortalBrowser } from '../mortal-browser.ts';
import { scene, VIEWPORT } from '../product.ts';
import { probe } from './film.ts';
import { films, isKept, keptBytes, shelf, startRecording } from './recorded-call.ts';

scene(
  "R4 the agent's browser is killed while recording: what was on disk is offered, at most two seconds short, and kept with the contact",
  async ({ product, visitor }) => {
    const profile = await Deno.makeTempDir({ prefix: 'vicino-profile-' });
    const openDesk = async () => {
      const mortal = await startMortalBrowser(profile);
      const page: Page = await (
        mortal.browser.contexts()[0] ?? (await mortal.browser.newContext())
      ).newPage();
      await page.setViewportSize(VIEWPORT);
      await page.goto(`${product.url}/agent?as=anna`);
      return { ...mortal, page };
    };
    const before = await openDesk();
    const shop = (await visitor()).page;
    await inVideoCall(shop, before.page);
    await startRecording(shop, before.page);
    await films(before.page, 5);
    const killedAt = Date.now();
    await before.kill();

    const after = await openDesk();
    const recordings = shelf(after.page);
    await recordings.getByText('A recording was interrupted').waitFor();
    const [note = '{}'] = await valuesOnDisk(after.page, /^note\//);
    const length = (killedAt - JSON.parse(note).startedAt) / 1000;
    await recordings.getByRole('button', { name: /^Recover recording with Visitor/ }).click();
    await isKept(after.page);
    const path = `${profile}/saved.webm`;
    await Deno.writeFile(path, await keptBytes(after.page));
    const film = await probe(path);
    assert.ok(
      film.duration > length - 2 && film.duration < length + 0.5,
      `${film.duration} s of ${length} s`,
    );
    assert.deepEqual([film.kinds.toSorted(), film.seeks], [['audio', 'video'], true]);
    await after.kill();
    await Deno.remove(profile, { recursive: true });
  },
);
