import { hearsVoice, showsPictures } from '../media.ts';
import { channel, channelIs, inConversation, panel, say, sees } from '../people.ts';
import { scene } from '../product.ts';

scene(
  'S5 V1 visitor and agent at two instances chat, call each other by video, and chat on',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await say(panel(desk), 'Shall I show you?');
    await sees(shop, 'Shall I show you?');
    await channel(panel(desk), 'Video').click();
    await shop
      .getByRole('dialog', { name: 'Video call request' })
      .getByRole('button', { name: 'Accept with video' })
      .click();
    await channelIs(panel(desk), 'Video', 'active');
    await Promise.all([
      showsPictures(shop, 'remote'),
      showsPictures(desk, 'remote'),
      hearsVoice(shop),
      hearsVoice(desk),
    ]);
    const controls = shop.getByRole('toolbar', { name: 'Call controls' });
    await controls.getByRole('button', { name: 'Hang up', exact: true }).click();
    await channelIs(panel(desk), 'Video', 'available');
    await say(shop, 'Thank you for the call');
    await sees(panel(desk), 'Thank you for the call');
  },
  { apart: true },
);
