import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { hearsVoice, showsPictures } from '../media.ts';
import { channelIs, panel, take, waiting } from '../people.ts';
import { scene } from '../product.ts';

const invitation = (page: Page) => page.getByRole('region', { name: 'Invitation' });

/** Loads the page again and lets a minute pass on it: nothing is shown. */
async function staysAway(page: Page): Promise<void> {
  await page.clock.install();
  await page.reload();
  await page.locator('vc-invitations').waitFor({ state: 'attached' });
  await page.clock.runFor(60_000);
  assert.equal(await invitation(page).count(), 0);
}

scene(
  'C19 V7 an invitation comes once per visit, stays away when dismissed, and accepted begins a video contact',
  async ({ visitor, agent }) => {
    const [curious, shy, keen] = [(await visitor()).page, (await visitor()).page, (await visitor()).page];
    await invitation(curious).getByText('Shall we look together?').waitFor();
    await staysAway(curious);
    await invitation(shy).getByRole('button', { name: 'Dismiss' }).click();
    await invitation(shy).waitFor({ state: 'detached' });
    await staysAway(shy);

    const desk = (await agent()).page;
    await invitation(keen).getByRole('button', { name: 'Video call' }).click();
    await keen.getByText('You are next in the queue').waitFor();
    await waiting(desk, 'Video call').waitFor();
    await take(desk);
    await channelIs(panel(desk), 'Video', 'active');
    await Promise.all([showsPictures(keen, 'remote'), hearsVoice(keen), hearsVoice(desk)]);
    await invitation(keen).waitFor({ state: 'detached' });
  },
  {
    services: {
      sales: {
        invitations: [{ id: 'lamps', text: 'Shall we look together?', kind: 'video', afterSeconds: 1 }],
      },
    },
  },
);
