import assert from 'node:assert/strict';
import { bar, control, noCall, videoCall } from '../calling.ts';
import { createProfile } from '../mortal-browser.ts';
import { channelIs, inConversation, panel, say, sees } from '../people.ts';
import { scene } from '../product.ts';

scene(
  'V15 the browser of the visitor is killed: the agent sees that it is tried again, hangs up and writes on',
  async ({ product, agent }) => {
    await using profile = await createProfile();
    const { context, kill } = await profile.startChromium();
    const shop = await context.newPage();
    await shop.goto(product.url);
    const desk = (await agent()).page;
    await inConversation(shop, desk);
    await videoCall(shop, desk);
    await kill();
    await desk.getByText('Connection lost, trying again').first().waitFor();
    assert.equal(await bar(desk).count(), 1, 'it was not hung up');
    await panel(desk).getByRole('img', { name: 'Connection lost' }).waitFor();
    await control(desk, 'Hang up').click();
    await noCall(desk);
    await channelIs(panel(desk), 'Chat', 'active');
    await say(desk, 'Write to me when you are back');
    await sees(panel(desk), 'Write to me when you are back');
  },
);
