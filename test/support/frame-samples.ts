import type { ClientFrame, Hello } from '../../core/protocol/client-frames.ts';
import type { LogEntry, ServerFrame, ServerFrameOf } from '../../core/protocol/server-frames.ts';
import { aCallback, aLead } from './contact-machine.ts';
import { aContactView, aMessage } from './contact-sample.ts';

/** Every frame of the protocol, as one writes it. */

const contact = 'c1';
const ref = 'r1';
const media = { microphone: true, camera: false, sound: true, screen: false };
export const page = { url: 'https://shop.example/', title: 'Shop', referrer: '' };
export const response = { id: 'r1', shortcut: 'grüße_2', text: 'Hello {visitor}' };

/** One of each, without what may be left out; a type without an example does not compile. */
export const CLIENT: { readonly [T in ClientFrame['type']]: Extract<ClientFrame, { type: T }> } = {
  'contact.open': { type: 'contact.open', contact, service: 'sales', kind: 'video', ref },
  'contact.convert': { type: 'contact.convert', contact, form: aCallback() },
  'contact.take': { type: 'contact.take', ref },
  'contact.wait': { type: 'contact.wait', contact },
  'contact.end': { type: 'contact.end', contact },
  'contact.rate': { type: 'contact.rate', contact, score: 5, comment: '' },
  'contact.colour': { type: 'contact.colour', contact, colour: 'red' },
  'message.send': { type: 'message.send', contact, id: 'm1', text: 'Grüße 👋\n' },
  'log.read': { type: 'log.read', contact, after: 0 },
  'cursor.move': { type: 'cursor.move', contact, delivered: 2, read: 1 },
  'typing.set': { type: 'typing.set', contact, on: true },
  'note.add': { type: 'note.add', contact, id: 'n1', text: 'Be kind' },
  'link.push': { type: 'link.push', contact, url: page.url },
  'link.consent': { type: 'link.consent', contact, allow: true },
  'page.set': { type: 'page.set', page },
  'page.leave': { type: 'page.leave' },
  'idle.set': { type: 'idle.set', on: true },
  'permissions.set': { type: 'permissions.set', permissions: { microphone: 'granted', camera: 'prompt' } },
  'abilities.set': { type: 'abilities.set', abilities: { voice: true, video: false } },
  'card.read': { type: 'card.read', contact },
  'transfer.read': { type: 'transfer.read', contact },
  'transfer.offer': {
    type: 'transfer.offer',
    contact,
    to: { kind: 'agent', id: 'ben' },
    note: 'Knows lamps',
  },
  'transfer.decline': { type: 'transfer.decline', contact },
  'transfer.withdraw': { type: 'transfer.withdraw', contact },
  'response.put': { type: 'response.put', response },
  'response.delete': { type: 'response.delete', id: 'r1' },
  'channel.request': { type: 'channel.request', contact, channel: 'voice' },
  'channel.drop': { type: 'channel.drop', contact, channel: 'chat' },
  'call.answer': { type: 'call.answer', contact, call: 'x', answer: 'decline' },
  'call.ready': { type: 'call.ready', contact, call: 'x', attempt: 1 },
  'call.connected': { type: 'call.connected', contact, call: 'x', attempt: 1 },
  'call.lost': { type: 'call.lost', contact, call: 'x', attempt: 1 },
  'call.media': { type: 'call.media', contact, call: 'x', media },
  'recording.request': { type: 'recording.request', contact },
  'recording.answer': { type: 'recording.answer', contact, allow: true },
  'recording.stop': { type: 'recording.stop', contact },
  'agent.set': { type: 'agent.set', state: 'away', reason: 'Break', voice: true, video: false },
  ping: { type: 'ping' },
};

/** Those with what may be left out, and with the other shapes they may have. */
export const VARIANTS: readonly ClientFrame[] = [
  { ...CLIENT['contact.open'], kind: 'callback', form: aCallback({ wishedAt: 5 }), agent: 'anna' },
  { ...CLIENT['contact.open'], kind: 'lead', form: aLead(), invitation: 'lamps' },
  { ...CLIENT['contact.convert'], form: aLead() },
  { ...CLIENT['contact.take'], contact },
  { ...CLIENT['contact.colour'], colour: null },
  { ...CLIENT['typing.set'], text: 'Hel' },
  { ...CLIENT['transfer.offer'], to: { kind: 'service', id: 'support' }, note: '' },
  { ...CLIENT['agent.set'], state: 'available', reason: null },
];

const device = { browser: 'Firefox', system: 'Linux', mobile: false };
const abilities = { voice: true, video: true };
export const visitorHello: Hello = {
  type: 'hello',
  side: 'visitor',
  version: 1,
  client: 'p1',
  service: 'sales',
  language: 'en',
  page,
  device,
  abilities,
  zone: 'America/Argentina/Buenos_Aires',
  trail: [{ url: page.url, title: page.title, at: 1 }],
  resume: [{ contact, epoch: 'e1', offset: 3 }],
};
export const agentHello: Hello = {
  type: 'hello',
  side: 'agent',
  version: 1,
  client: 'p1',
  token: 'a.b.c',
  abilities,
};

const service = { id: 'sales', name: 'Sales' };
const view = aContactView({
  id: contact,
  form: aCallback(),
  away: { visitor: null, agent: 4 },
  moving: 5,
  idle: 6,
  follows: true,
  rating: { score: 4, comment: 'Quick' },
  desk: { colour: 'red', permissions: null, transfer: { to: 'Ben', kind: 'agent', note: '', until: 7 } },
  channels: { sharing: 'unavailable', chat: 'active', voice: 'active', video: 'available' },
  call: {
    id: 'x',
    kind: 'voice',
    askedBy: 'agent',
    status: 'active',
    upgradeBy: null,
    attempt: 1,
    clients: { visitor: 'p1', agent: null },
    media: { visitor: media, agent: media },
    activeSince: 5,
    recording: { status: 'on', since: 6 },
  },
  cursors: { visitor: { delivered: 1, read: 1 }, agent: { delivered: 2, read: 1 } },
});
export const waitingEntry = {
  contact,
  name: 'Visitor',
  isNew: false,
  country: null,
  language: 'en',
  service,
  kind: 'chat',
  page,
  waitingSince: 1,
  dissuadeAt: 2,
  first: true,
  star: true,
  colour: 'blue',
  transfer: { from: 'Ben', note: 'Knows lamps', direct: true },
} as const;
const serviceView = {
  ...service,
  language: 'en',
  greeting: 'Hi',
  channels: { chat: true, voice: true, video: true },
  offers: ['chat', 'video', 'callback'],
  fallbacks: ['callback', 'lead'],
  staffed: true,
  hours: { open: true, spans: [{ from: 1, to: 2 }] },
  typingPreview: false,
  files: { maxBytes: 1_000, types: ['image/*'] },
  idleSeconds: 120,
} satisfies ServerFrameOf<'service.state'>['service'];
export const status = { state: 'away', reason: 'Break', voice: true, video: true } as const;
const message = aMessage(2);
const event = {
  offset: 1,
  previous: 0,
  id: 'e-1-0',
  at: 1,
  kind: 'event',
  event: 'contact.opened',
  side: null,
  name: null,
  call: null,
  seconds: null,
  text: null,
  score: null,
} as const;
const place = (offset: number) => ({ offset, previous: offset - 1, id: `e${offset}`, at: 1 });
const author = { id: 'anna', name: 'Anna' };
/** One of each kind. */
export const entries: readonly LogEntry[] = [
  event,
  message,
  {
    ...place(3),
    kind: 'file',
    side: 'visitor',
    author,
    file: 'f1',
    name: 'Lampe (1).png',
    mime: 'image/png',
    size: 5,
    width: 640,
    height: null,
  },
  {
    ...place(6),
    kind: 'file',
    side: 'agent',
    author,
    file: 'f2',
    name: 'recording.webm',
    mime: 'video/webm',
    size: 9,
    width: null,
    height: null,
    recording: true,
  },
  { ...place(4), kind: 'note', author, text: 'Be kind' },
  { ...place(5), kind: 'hidden' },
];

export const SERVER: { readonly [T in ServerFrame['type']]: Extract<ServerFrame, { type: T }> } = {
  welcome: {
    type: 'welcome',
    version: 1,
    now: 1,
    epoch: 'e1',
    you: { side: 'visitor', id: 'v1', token: 'a.b.c', service: serviceView },
    contacts: [view],
    unknown: ['c2'],
  },
  error: { type: 'error', code: 'contact.unknown', message: 'Cannot x: y.', ref, contact },
  pong: { type: 'pong', now: 1 },
  'contact.state': { type: 'contact.state', contact: view },
  'contact.gone': { type: 'contact.gone', contact, reason: 'requeued' },
  'waiting.put': { type: 'waiting.put', entry: waitingEntry },
  'waiting.gone': { type: 'waiting.gone', contact, reason: 'taken', by: 'Ben' },
  'queue.state': { type: 'queue.state', contact, position: 2, expected: null },
  'visitor.card': {
    type: 'visitor.card',
    contact,
    firstSeen: 1,
    trail: [{ url: page.url, title: page.title, at: 1 }],
    earlier: [
      { contact: 'c0', service, kind: 'lead', openedAt: 1, endedAt: null, agent: null, score: null },
      { contact: 'c00', service, kind: 'chat', openedAt: 1, endedAt: 2, agent: 'Ben', score: 5 },
    ],
  },
  'transfer.targets': {
    type: 'transfer.targets',
    contact,
    agents: [{ id: 'ben', name: 'Ben', state: 'available', free: 2 }],
    services: [{ id: 'support', name: 'Support', staffed: false }],
  },
  'responses.state': { type: 'responses.state', own: [response] },
  'service.state': { type: 'service.state', service: serviceView },
  'log.appended': { type: 'log.appended', contact, entry: message },
  'log.page': {
    type: 'log.page',
    contact,
    epoch: 'e1',
    recovered: false,
    after: 0,
    head: 5,
    entries: [...entries],
  },
  typing: { type: 'typing', contact, side: 'agent', on: true },
  'call.start': {
    type: 'call.start',
    contact,
    call: 'x',
    attempt: 1,
    role: 'caller',
    self: 'a',
    remote: 'b',
    ticket: 'a.b.c',
    ice: [{ urls: ['turn:x'], username: 'u', credential: 'c' }, { urls: 'stun:x' }],
  },
  'call.dial': { type: 'call.dial', contact, call: 'x', attempt: 1 },
  'agent.state': { type: 'agent.state', status },
};
