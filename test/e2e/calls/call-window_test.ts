import assert from 'node:assert/strict';
import { bringBack, control, detach, inTouch, inVideoCall } from '../calling.ts';
import { openChat, panel, say, sees } from '../people.ts';
import { scene } from '../product.ts';

scene(
  'A1 V6 from the window of the call the agent answers, mutes and takes who waits; the visitor has one, too, and both return',
  async ({ visitor, agent }) => {
    const [desk, shop, other] = [(await agent()).page, (await visitor()).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    const view = await detach(desk);
    await desk.getByText('The call is in a window of its own.').waitFor();
    await say(view, 'Is this the lamp?');
    await sees(shop, 'Is this the lamp?');

    const talk = await detach(shop);
    await talk.getByText('Is this the lamp?').waitFor();
    await say(talk, 'Yes, it is');
    await view.getByRole('status', { name: 'Newest message' }).getByText('Yes, it is').waitFor();
    await control(view, 'Mute microphone').click();
    const isMuted = talk.getByRole('img', { name: 'Microphone off', exact: true });
    await isMuted.waitFor();
    await control(view, 'Unmute microphone').click();
    await isMuted.waitFor({ state: 'detached' });

    await openChat(other);
    await say(other, 'Anybody there?');
    await view.getByText('Waiting: 1').waitFor();
    await view.getByRole('button', { name: 'Take next contact' }).click();
    await view.getByText('Waiting: 0').waitFor();
    await sees(panel(desk).nth(1), 'Anybody there?');

    await bringBack(shop);
    await view.close();
    await inTouch(shop, desk);
    assert.deepEqual([talk.isClosed(), view.isClosed()], [true, true]);
  },
);
