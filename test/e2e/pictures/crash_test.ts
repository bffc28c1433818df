import assert from 'node:assert/strict';
import { inVideoCall } from '../calling.ts';
import { probe } from '../film.ts';
import { createProfile } from '../mortal-browser.ts';
import { scene, VIEWPORT } from '../product.ts';
import { films, keptBytes, recover, startRecording } from '../recorded-call.ts';

scene(
  "R4 the agent's browser is killed while recording: what was on disk is offered, at most two seconds short, and kept with the contact",
  async ({ product, visitor }) => {
    await using profile = await createProfile();
    const openDesk = async () => {
      const { context, kill } = await profile.startChromium();
      const page = await context.newPage();
      await page.setViewportSize(VIEWPORT);
      await page.goto(`${product.url}/agent?as=anna`);
      return { page, kill };
    };
    const before = await openDesk();
    const shop = (await visitor()).page;
    await inVideoCall(shop, before.page);
    await startRecording(shop, before.page);
    await films(before.page, 5);
    const killedAt = Date.now();
    await before.kill();

    const after = await openDesk();
    const length = await recover(after.page, killedAt);
    const path = `${profile.folder}/saved.webm`;
    await Deno.writeFile(path, await keptBytes(after.page));
    const film = await probe(path);
    assert.ok(
      film.duration > length - 2 && film.duration < length + 0.5,
      `${film.duration} s of ${length} s`,
    );
    assert.deepEqual([film.kinds.toSorted(), film.seeks], [['audio', 'video'], true]);
  },
);
