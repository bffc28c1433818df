import assert from 'node:assert/strict';
import type { Call } from '../../core/contact/call.ts';
import { channelsOf } from '../../core/contact/channels.ts';
import type { Contact } from '../../core/contact/contact.ts';
import type { ChannelState } from '../../core/contact/model.ts';
import {
  ANNA,
  after,
  assigned,
  inCall,
  NOW,
  refused,
  someSettings,
  waiting,
} from '../support/contact-machine.ts';

const opened = waiting();
const answered = assigned();
const silent = { microphone: true, camera: false, sound: true, screen: false };
const call = (more: Partial<Call>): Call => ({
  id: 'x',
  kind: 'video',
  askedBy: 'agent',
  status: 'active',
  ringUntil: 0,
  upgrade: null,
  attempt: 1,
  clients: { visitor: 'a', agent: 'b' },
  connected: { visitor: true, agent: true },
  media: { visitor: silent, agent: silent },
  activeSince: 0,
  recording: null,
  abandonAt: { visitor: null, agent: null },
  ...more,
});
const noVideo = someSettings({ video: false });
const busy = { ...ANNA, mayVideo: false };
const away = { visitor: null, agent: 5 };

const G: ChannelState = 'active';
const O: ChannelState = 'connecting';
const D: ChannelState = 'available';
const L: ChannelState = 'unavailable';

/** Situation, contact, then chat, voice, video. */
const table: [string, Contact, ChannelState, ChannelState, ChannelState][] = [
  ['waiting with a chat', opened, O, L, L],
  ['waiting with a voice call', { ...opened, kind: 'voice' }, O, O, L],
  ['waiting with a video call', { ...opened, kind: 'video' }, O, O, O],
  ['in chat', answered, G, D, D],
  ['in chat, no video in the service', { ...answered, settings: noVideo }, G, D, L],
  ['in chat, the agent away', { ...answered, away }, G, L, L],
  ['in chat, video switched off by the agent', { ...answered, agent: { ...ANNA, video: false } }, G, D, D],
  ['in chat, video only alone and others beside it', { ...answered, agent: busy }, G, D, L],
  [
    'in voice, video only alone and others beside it',
    { ...answered, agent: busy, call: call({ kind: 'voice' }) },
    G,
    G,
    L,
  ],
  ['in video, others taken beside it since', { ...answered, agent: busy, call: call({}) }, G, G, G],
  ['waiting with a callback', { ...opened, kind: 'callback' }, O, L, L],
  ['waiting with a message left', { ...opened, kind: 'lead' }, O, L, L],
  ['asking for video', { ...answered, call: call({ status: 'asking' }) }, G, O, O],
  ['asking for voice', { ...answered, call: call({ status: 'asking', kind: 'voice' }) }, G, O, L],
  ['connecting video', { ...answered, call: call({ status: 'connecting' }) }, G, O, O],
  ['in video', { ...answered, call: call({}) }, G, G, G],
  ['in video, the agent’s socket away', { ...answered, away, call: call({}) }, G, G, G],
  ['in voice', { ...answered, call: call({ kind: 'voice' }) }, G, G, D],
  [
    'in voice, no video in the service',
    { ...answered, settings: noVideo, call: call({ kind: 'voice' }) },
    G,
    G,
    L,
  ],
  [
    'in voice, a picture asked for',
    { ...answered, call: call({ kind: 'voice', upgrade: { by: 'agent', until: 9 } }) },
    G,
    G,
    O,
  ],
  ['in video, chat closed', { ...answered, chatClosed: true, call: call({}) }, L, G, G],
  ['dissuaded', { ...opened, phase: 'dissuaded', kind: 'video' }, L, L, L],
  ['ended', { ...answered, phase: 'ended' }, L, L, L],
];

for (const [situation, contact, chat, voice, video] of table)
  Deno.test(`C3 ${situation}: chat ${chat}, voice ${voice}, video ${video}`, () => {
    assert.deepEqual(channelsOf(contact), { sharing: L, chat, voice, video });
  });

Deno.test('C15 video beside other contacts: neither side can begin it where the service says so', () => {
  const contact = after(assigned(), {
    type: 'agent-switches',
    voice: true,
    video: true,
    mayVideo: false,
  });
  const asking = { type: 'ask', client: 'page', kind: 'video', id: 'x', at: NOW, ring: 1 } as const;
  for (const by of ['agent', 'visitor'] as const)
    assert.equal(refused(contact, inCall({ ...asking, by })), 'channel.unavailable');
  assert.ok(after(contact, inCall({ ...asking, by: 'visitor', kind: 'voice' })).call);
  const alone = after(contact, { type: 'agent-switches', voice: true, video: true, mayVideo: true });
  assert.ok(after(alone, inCall({ ...asking, by: 'visitor' })).call);
});

Deno.test('V3 an agent with video switched off may start it, the visitor may not', () => {
  const contact = after(assigned(), {
    type: 'agent-switches',
    voice: true,
    video: false,
    mayVideo: true,
  });
  const asking = { type: 'ask', client: 'page', kind: 'video', id: 'x', at: NOW, ring: 1 } as const;
  assert.equal(refused(contact, inCall({ ...asking, by: 'visitor' })), 'channel.unavailable');
  assert.ok(after(contact, inCall({ ...asking, by: 'agent' })).call);
});
