import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { hearsVoice, showsPictures } from '../media.ts';
import { channel, channelIs, conversation, inConversation, panel, say, sees } from '../people.ts';
import { scene } from '../product.ts';

const request = (page: Page) => page.getByRole('dialog', { name: 'Transfer request' });

async function offerTo(desk: Page, colleague: string, note: string): Promise<void> {
  await panel(desk).getByRole('button', { name: 'Transfer contact' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Transfer contact' });
  await dialog.getByRole('radio', { name: colleague }).check();
  await dialog.getByRole('textbox', { name: 'Note' }).fill(note);
  await dialog.getByRole('button', { name: 'Offer' }).click();
}

scene(
  'C14 a contact is handed over: declined, forgotten, accepted, and taken along with its running call',
  async ({ visitor, agent }) => {
    const [anna, ben, shop] = [(await agent('anna')).page, (await agent('ben')).page, (await visitor()).page];
    await inConversation(shop, anna, 'My lamp flickers');
    await offerTo(anna, 'Ben', 'You know dimmers');
    await request(ben).getByText('You know dimmers').waitFor();
    await panel(anna).getByText('Offered to Ben').first().waitFor();
    await request(ben).getByRole('button', { name: 'Decline' }).click();
    await sees(panel(anna), 'Ben declined the contact');
    await offerTo(anna, 'Ben', 'Please');
    await request(ben).waitFor();
    await sees(panel(anna), 'Ben did not answer the offer');
    await request(ben).waitFor({ state: 'detached' });
    await say(anna, 'I am still here');
    await sees(shop, 'I am still here');

    await channel(panel(anna), 'Video').click();
    await shop
      .getByRole('dialog', { name: 'Video call request' })
      .getByRole('button', { name: 'Accept with video' })
      .click();
    await channelIs(panel(anna), 'Video', 'active');
    await Promise.all([showsPictures(shop, 'remote'), showsPictures(anna, 'remote')]);
    await offerTo(anna, 'Ben', 'Look at the cable');
    await request(ben).getByText('Look at the cable').waitFor();
    await request(ben).getByRole('button', { name: 'Accept' }).click();
    await panel(anna).waitFor({ state: 'detached' });
    await channelIs(panel(ben), 'Video', 'active');
    // First the new agent's: from then on what the visitor sees is theirs.
    await Promise.all([showsPictures(ben, 'remote'), hearsVoice(ben)]);
    await Promise.all([showsPictures(shop, 'remote'), hearsVoice(shop)]);
    assert.equal(await shop.getByRole('dialog').count(), 0, 'the visitor is not asked again');
    await sees(panel(ben), /took over from Anna/);
    await sees(shop, 'Ben took over from Anna');
    assert.equal(
      await conversation(panel(ben))
        .getByText(/asked for a video call/)
        .count(),
      1,
    );
    await shop.getByRole('heading', { name: 'Ben' }).waitFor();

    await channel(panel(ben), 'Video').click();
    await channelIs(panel(ben), 'Video', 'available');
    await offerTo(ben, 'Anna', 'Yours again');
    await request(anna).getByRole('button', { name: 'Accept' }).click();
    await sees(panel(anna), 'My lamp flickers');
    await panel(ben).waitFor({ state: 'detached' });
    await say(anna, 'Here I am again');
    await sees(shop, 'Here I am again');
  },
  { services: { sales: { transferSeconds: 8 } } },
);
