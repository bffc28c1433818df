import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { channelsAre, control, inTouch, inVideoCall, request } from '../calling.ts';
import { hasPicture, hearsVoice } from '../media.ts';
import { channel, converse, panel } from '../people.ts';
import { scene } from '../product.ts';

scene(
  'C15 V5 V17 of two calls the agent speaks in one: the other is on hold, told so, resumed by a click, and as it was after a reload',
  async ({ visitor, agent }) => {
    const [desk, shop, other] = [(await agent()).page, (await visitor()).page, (await visitor()).page];
    const told = (page: Page) => page.getByText('On hold', { exact: true });
    const resume = panel(desk).getByRole('button', { name: 'Resume' });
    const open = (name: string) =>
      desk.getByRole('button', { name: `Open conversation with ${name}`, exact: true }).click();
    await inVideoCall(shop, desk);
    const first = await panel(desk).getByRole('heading', { level: 2 }).textContent();
    const second = await converse(other, desk, 'May I see it, too?');
    await channel(panel(desk, second), 'Video').click();
    await request(other).waitFor();
    await hearsVoice(shop);
    await request(other).getByRole('button', { name: 'Accept with video' }).click();
    await told(shop).waitFor();
    await inTouch(other);
    assert.equal(await hasPicture(shop, 'remote'), false);
    assert.equal(await told(other).count(), 0);

    await open(first ?? '');
    await resume.click();
    await told(other).waitFor();
    await inTouch(shop);
    await told(shop).waitFor({ state: 'detached' });

    await desk.reload();
    await inTouch(shop);
    await told(other).waitFor();
    await open(second);
    await resume.click();
    await told(shop).waitFor();
    await hearsVoice(other);
    await control(other, 'Hang up').click();
    await channelsAre(desk, 'available');
    assert.equal(await told(shop).count(), 1, 'nobody is heard again without a click');
  },
);
