import { channelsAre, control, inTouch, request } from '../calling.ts';
import { showsPictures } from '../media.ts';
import { channel, inConversation, panel } from '../people.ts';
import { scene } from '../product.ts';

scene(
  'V9 the visitor looks at the devices first and mutes: the agent sees and does not hear them, until they say so',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await channel(panel(desk), 'Video').click();
    await request(shop).getByRole('button', { name: 'Check my devices first' }).click();
    await shop.getByRole('button', { name: 'Mute microphone' }).click();
    await shop.getByRole('button', { name: 'Join now' }).click();
    await channelsAre(desk, 'active');
    await Promise.all([shop, desk].map((page) => showsPictures(page, 'remote')));
    const muted = desk.getByRole('img', { name: 'Microphone off' });
    await muted.waitFor();
    await control(shop, 'Unmute microphone').click();
    await muted.waitFor({ state: 'detached' });
    await inTouch(shop, desk);
  },
);
