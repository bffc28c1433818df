import assert from 'node:assert/strict';
import type { Call } from '../../core/contact/call.ts';
import { channelsOf } from '../../core/contact/channels.ts';
import { type Contact, openContact } from '../../core/contact/contact.ts';
import type { ChannelState } from '../../core/contact/model.ts';
import { aVisitor } from '../support/contact-sample.ts';

const settings = { voice: true, video: true, recording: 'ask', maxWait: 1, grace: 1, ring: 1 } as const;
const { contact: opened } = openContact({
  id: 'c1',
  service: { id: 'sales', name: 'Sales' },
  kind: 'chat',
  settings,
  visitor: aVisitor(),
  client: 'page',
  at: 0,
});
const assigned: Contact = {
  ...opened,
  phase: 'assigned',
  agent: { id: 'anna', name: 'Anna', voice: true, video: true },
};
const silent = { microphone: true, camera: false, sound: true };
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
const noVideo = { ...settings, video: false };
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
  ['in chat', assigned, G, D, D],
  ['in chat, no video in the service', { ...assigned, settings: noVideo }, G, D, L],
  ['in chat, the agent away', { ...assigned, away }, G, L, L],
  [
    'in chat, video switched off by the agent',
    { ...assigned, agent: { id: 'a', name: 'A', voice: true, video: false } },
    G,
    D,
    D,
  ],
  ['asking for video', { ...assigned, call: call({ status: 'asking' }) }, G, O, O],
  ['asking for voice', { ...assigned, call: call({ status: 'asking', kind: 'voice' }) }, G, O, L],
  ['connecting video', { ...assigned, call: call({ status: 'connecting' }) }, G, O, O],
  ['in video', { ...assigned, call: call({}) }, G, G, G],
  ['in video, the agent’s socket away', { ...assigned, away, call: call({}) }, G, G, G],
  ['in voice', { ...assigned, call: call({ kind: 'voice' }) }, G, G, D],
  [
    'in voice, no video in the service',
    { ...assigned, settings: noVideo, call: call({ kind: 'voice' }) },
    G,
    G,
    L,
  ],
  [
    'in voice, a picture asked for',
    { ...assigned, call: call({ kind: 'voice', upgrade: { by: 'agent', until: 9 } }) },
    G,
    G,
    O,
  ],
  ['in video, chat closed', { ...assigned, chatClosed: true, call: call({}) }, L, G, G],
  ['dissuaded', { ...opened, phase: 'dissuaded', kind: 'video' }, L, L, L],
  ['ended', { ...assigned, phase: 'ended' }, L, L, L],
];

for (const [situation, contact, chat, voice, video] of table)
  Deno.test(`C3 ${situation}: chat ${chat}, voice ${voice}, video ${video}`, () => {
    assert.deepEqual(channelsOf(contact), { sharing: L, chat, voice, video });
  });
