import assert from 'node:assert/strict';
import { startSoundDevices } from '../../support/sound.ts';
import { control, request } from '../calling.ts';
import { connectionsMade } from '../connections.ts';
import { hearsTone, hearsVoice } from '../media.ts';
import { channelIs, inConversation, panel } from '../people.ts';
import { scene } from '../product.ts';

const sound = await startSoundDevices();
Deno.test.afterAll(async () => sound[Symbol.asyncDispose]());

// Chromium hears of devices from the kernel, where these are not: there it is shown with made-up ones.
scene(
  'V10 a headset is really pulled out in a call: voice and sound fall back to what is there, and the visitor is told',
  async ({ visitor, agent }) => {
    await sound.microphone('Desk', 440);
    const unplugMicrophone = await sound.microphone('Headset', 1000);
    const unplugLoudspeaker = await sound.loudspeaker('Earphones');
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await shop.getByRole('button', { name: 'Start voice call' }).click();
    await request(desk, 'Voice').getByRole('button', { name: 'Accept' }).click();
    await channelIs(panel(desk), 'Voice', 'active');
    const made = await Promise.all([shop, desk].map(connectionsMade));
    await control(shop, 'Settings').click();
    const settings = shop.getByRole('dialog', { name: 'Settings' });
    await settings.getByRole('combobox', { name: 'Microphone' }).selectOption('Headset');
    await settings.getByRole('combobox', { name: 'Speaker' }).selectOption('Earphones');
    await shop.keyboard.press('Escape');
    await hearsTone(desk, 1000);

    await unplugMicrophone();
    await shop.getByText('Your Headset is gone, using Desk.').waitFor();
    await hearsTone(desk, 440);
    await unplugLoudspeaker();
    await shop.getByText('Your Earphones is gone, using Null Output.').waitFor();
    await hearsVoice(shop);
    assert.deepEqual(
      await Promise.all([shop, desk].map(connectionsMade)),
      made,
      'it is still the first call',
    );
  },
  { visitor: 'firefox', fakeMedia: false, sound, connections: 'watched' },
);
