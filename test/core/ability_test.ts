import assert from 'node:assert/strict';
import { channelsOf } from '../../core/contact/channels.ts';
import type { Contact, ContactEvent } from '../../core/contact/contact.ts';
import { viewOf } from '../../core/contact/view.ts';
import {
  ANNA,
  accepted,
  after,
  assigned,
  BEN,
  calling,
  connected,
  deedsOf,
  inCall,
  NOW,
  refused,
  someSettings,
  TO_BEN,
  taking,
  waiting,
} from '../support/contact-machine.ts';

const audioFirst = someSettings({ audioFirst: true });
const ask = (by: 'visitor' | 'agent', kind: 'voice' | 'video'): ContactEvent => {
  const client = by === 'agent' ? 'desk-anna' : 'page';
  return inCall({ type: 'ask', by, client, kind, id: 'call-2', at: NOW, ring: 45_000 });
};
const media = ({ voice, video }: ReturnType<typeof channelsOf>) => [voice, video];

for (const by of ['visitor', 'agent'] as const)
  Deno.test(`V4 audio first: the ${by} asks for video and gets a voice call, which takes the picture in`, () => {
    const contact = assigned({ settings: audioFirst });
    assert.deepEqual(media(channelsOf(contact)), ['available', 'available']);
    const asked = after(contact, ask(by, 'video'));
    assert.deepEqual(
      [asked.call?.kind, asked.call?.media.visitor.camera, asked.call?.media.agent.camera],
      ['voice', false, false],
    );
    assert.deepEqual(media(channelsOf(asked)), ['connecting', 'unavailable']);

    const running = calling(contact, 'video');
    assert.equal(running.call?.kind, 'voice');
    assert.deepEqual(media(channelsOf(running)), ['active', 'available']);
    const upgrade = after(running, ask(by, 'video'));
    assert.deepEqual([upgrade.call?.upgrade?.by, upgrade.call?.kind], [by, 'voice']);
    const on = { microphone: true, camera: true, sound: true, screen: false };
    const camera = inCall({ type: 'media', by: 'visitor', client: 'page', call: 'call-2', media: on });
    assert.equal(after(running, camera).call?.kind, 'video', 'the camera is the upgrade, too');
  });

Deno.test('V4 audio first: entered as a video call it begins with voice, and says so while it waits', () => {
  const contact = waiting({ kind: 'video', settings: audioFirst });
  assert.deepEqual(media(channelsOf(contact)), ['connecting', 'unavailable']);
  const { call } = after(contact, taking());
  assert.deepEqual([call?.kind, call?.media.agent.camera], ['voice', false]);
});

Deno.test('V4 audio first: both asking for video at once is one voice call', () => {
  const both = after(assigned({ settings: audioFirst }), ask('visitor', 'video'), ask('agent', 'video'));
  assert.deepEqual(
    [both.call?.status, both.call?.kind, both.call?.media.agent.camera],
    ['connecting', 'voice', false],
  );
});

const none = { voice: false, video: false };
const voiceOnly = { voice: true, video: false };
const all = { voice: true, video: true };

/** Of visitor and agent, then voice and video. */
const able: [typeof all | null, typeof all | null, string, string][] = [
  [all, all, 'available', 'available'],
  [null, null, 'available', 'available'],
  [null, voiceOnly, 'available', 'unavailable'],
  [voiceOnly, all, 'available', 'unavailable'],
  [all, voiceOnly, 'available', 'unavailable'],
  [none, all, 'unavailable', 'unavailable'],
  [all, none, 'unavailable', 'unavailable'],
];
for (const [visitor, agent, voice, video] of able)
  Deno.test(`A6 visitor ${JSON.stringify(visitor)}, agent ${JSON.stringify(agent)}: voice ${voice}, video ${video}`, () => {
    const contact: Contact = { ...assigned(), abilities: { visitor, agent } };
    assert.deepEqual(media(channelsOf(contact)), [voice, video]);
    for (const by of ['visitor', 'agent'] as const)
      for (const [kind, state] of [
        ['voice', voice],
        ['video', video],
      ] as const) {
        const event = ask(by, kind);
        if (state === 'available') assert.equal(after(contact, event).call?.kind, kind);
        else assert.equal(refused(contact, event), 'channel.unavailable');
      }
  });

Deno.test('A6 what a browser turns out to be able to do changes the channels, back and forth', () => {
  const contact = assigned();
  const less = after(contact, { type: 'abilities', side: 'visitor', abilities: voiceOnly });
  assert.deepEqual(media(channelsOf(less)), ['available', 'unavailable']);
  assert.equal(
    accepted(less, { type: 'abilities', side: 'visitor', abilities: { ...voiceOnly } }).contact,
    less,
  );
  const more = after(less, { type: 'abilities', side: 'visitor', abilities: all });
  assert.deepEqual(media(channelsOf(more)), ['available', 'available']);
  const running = calling(more, 'video');
  const lost = after(running, { type: 'abilities', side: 'agent', abilities: none });
  assert.deepEqual(media(channelsOf(lost)), ['active', 'active'], 'a call that runs shows that it can');
});

Deno.test('A6 a call entered begins as far as both browsers can', () => {
  const entered = (visitor: typeof all, agent: typeof all) => {
    const contact = waiting({ kind: 'video', abilities: visitor });
    return accepted(contact, { ...taking(), abilities: agent });
  };
  assert.equal(entered(all, all).contact.call?.kind, 'video');
  assert.equal(entered(all, voiceOnly).contact.call?.kind, 'voice');
  assert.equal(entered(voiceOnly, all).contact.call?.kind, 'voice');
  const chat = entered(all, none);
  assert.deepEqual([chat.contact.call, chat.contact.phase], [null, 'assigned']);
  assert.ok(!deedsOf(chat.effects).some(({ type }) => type === 'start-attempt'));
});

Deno.test('A6 the abilities are those of whoever has the contact now', () => {
  const contact = after(waiting(), { ...taking(ANNA), abilities: none });
  const offered = after(contact, { type: 'offer-transfer', to: TO_BEN, note: '', at: NOW });
  assert.deepEqual(after(offered, { ...taking(BEN), abilities: all }).abilities.agent, all);
  const alone = after(contact, { type: 'away', side: 'agent', at: NOW });
  const requeued = after(alone, { type: 'tick', at: NOW + 30_000 });
  assert.deepEqual([requeued.phase, requeued.abilities.agent], ['waiting', null]);
});

Deno.test('V8 agents alone see what the visitor’s browser may do', () => {
  const permissions = { microphone: 'granted', camera: 'denied' } as const;
  const contact = after(assigned(), { type: 'permissions', permissions });
  assert.deepEqual(viewOf(contact, 'agent').desk?.permissions, permissions);
  assert.equal(viewOf(contact, 'visitor').desk, null);
  assert.equal(accepted(contact, { type: 'permissions', permissions: { ...permissions } }).contact, contact);
  assert.equal(viewOf(assigned(), 'agent').desk?.permissions, null);
  assert.equal(connected(calling(contact, 'voice', 'connecting')).permissions, permissions);
});
