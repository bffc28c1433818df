import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ClientFrame, Hello } from '../../core/protocol/client-frames.ts';
import { decodeClientFrame, decodeHello, decodeServerFrame } from '../../core/protocol/decode.ts';
import { MAX_FRAME_BYTES, MAX_MESSAGE_TEXT } from '../../core/protocol/limits.ts';
import type { ServerFrame } from '../../core/protocol/server-frames.ts';
import { aContactView, aMessage } from '../support/contact-sample.ts';

const contact = 'c1';
const ref = 'r1';
const media = { microphone: true, camera: false, sound: true };

/** One of each; a type without an example does not compile. */
const CLIENT: { readonly [T in ClientFrame['type']]: Extract<ClientFrame, { type: T }> } = {
  'contact.open': { type: 'contact.open', contact, service: 'sales', kind: 'video', ref },
  'contact.take': { type: 'contact.take', ref },
  'contact.wait': { type: 'contact.wait', contact },
  'contact.end': { type: 'contact.end', contact },
  'message.send': { type: 'message.send', contact, id: 'm1', text: 'Grüße 👋\n' },
  'log.read': { type: 'log.read', contact, after: 0 },
  'cursor.move': { type: 'cursor.move', contact, delivered: 2, read: 1 },
  'typing.set': { type: 'typing.set', contact, on: true },
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
  'agent.set': { type: 'agent.set', available: true, voice: true, video: false },
  ping: { type: 'ping' },
};

const page = { url: 'https://shop.example/', title: 'Shop', referrer: '' };
const device = { browser: 'Firefox', system: 'Linux', mobile: false };
const abilities = { voice: true, video: true };
const visitorHello: Hello = {
  type: 'hello',
  side: 'visitor',
  version: 1,
  client: 'p1',
  service: 'sales',
  language: 'en',
  page,
  device,
  abilities,
  resume: [{ contact, epoch: 'e1', offset: 3 }],
};
const agentHello: Hello = {
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
  away: { visitor: null, agent: 4 },
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
const waitingEntry = {
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
} as const;
const serviceView = {
  ...service,
  language: 'en',
  greeting: 'Hi',
  channels: { chat: true, voice: true, video: true },
  staffed: true,
};
const status = { available: true, voice: true, video: true };
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
} as const;

const SERVER: { readonly [T in ServerFrame['type']]: Extract<ServerFrame, { type: T }> } = {
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
  'service.state': { type: 'service.state', service: serviceView },
  'log.appended': { type: 'log.appended', contact, entry: message },
  'log.page': {
    type: 'log.page',
    contact,
    epoch: 'e1',
    recovered: false,
    after: 0,
    head: 2,
    entries: [event, message],
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

const text = JSON.stringify;
const codeOf = (result: ReturnType<typeof decodeClientFrame>) => (result.ok ? 'ok' : result.code);

Deno.test('S9 every client frame is read as it was written', () => {
  for (const frame of Object.values(CLIENT))
    assert.deepEqual(decodeClientFrame(text(frame)), { ok: true, frame });
  for (const frame of [visitorHello, agentHello])
    assert.deepEqual(decodeHello(text(frame)), { ok: true, frame });
});

Deno.test('S9 every server frame is read as it was written', () => {
  const agent = { side: 'agent', id: 'anna', name: 'Anna', status, waiting: [waitingEntry] } as const;
  const frames = [...Object.values(SERVER), { ...SERVER.welcome, you: agent }];
  for (const frame of frames) assert.deepEqual(decodeServerFrame(text(frame)), { ok: true, frame });
});

Deno.test('S9 a frame without one of its fields is malformed, and the field is named', () => {
  for (const frame of Object.values(CLIENT)) {
    for (const field of Object.keys(frame)) {
      if (field === 'type' || field === 'ref') continue;
      const result = decodeClientFrame(text({ ...frame, [field]: undefined }));
      assert.equal(codeOf(result), 'frame.malformed', `${frame.type} without ${field}`);
      assert.ok(!result.ok && result.message.includes(field));
    }
  }
});

Deno.test('S9 fields nobody knows are left out', () => {
  const result = decodeClientFrame('{"type":"ping","more":1,"__proto__":{"polluted":true},"constructor":{}}');
  assert.ok(result.ok);
  assert.deepEqual(Object.keys(result.frame), ['type']);
  assert.equal(Object.getPrototypeOf(result.frame), Object.prototype);
  assert.equal((result.frame as { polluted?: boolean }).polluted, undefined);
});

Deno.test('S9 hostile input is refused with its code', () => {
  const table: [unknown, string][] = [
    [undefined, 'frame.malformed'],
    [new ArrayBuffer(8), 'frame.malformed'],
    [{ type: 'ping' }, 'frame.malformed'],
    ['', 'frame.malformed'],
    ['ping', 'frame.malformed'],
    ['null', 'frame.malformed'],
    ['7', 'frame.malformed'],
    ['"ping"', 'frame.malformed'],
    ['[{"type":"ping"}]', 'frame.malformed'],
    ['{"type":"ping"', 'frame.malformed'],
    ['[['.repeat(30_000), 'frame.malformed'],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'frame.malformed'],
    [`{"type":"ping","x":${'{"x":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, 'ok'],
    ['{}', 'frame.unknown'],
    ['{"type":null}', 'frame.unknown'],
    ['{"type":["ping"]}', 'frame.unknown'],
    ['{"type":"hello"}', 'frame.unknown'],
    ['{"type":"__proto__"}', 'frame.unknown'],
    ['{"type":"toString"}', 'frame.unknown'],
    [text({ ...CLIENT['log.read'], after: -1 }), 'frame.malformed'],
    [text({ ...CLIENT['log.read'], after: 0.5 }), 'frame.malformed'],
    [text({ ...CLIENT['log.read'], after: '1' }), 'frame.malformed'],
    [text({ ...CLIENT['log.read'], contact: '../c1' }), 'frame.malformed'],
    [text({ ...CLIENT['log.read'], contact: '' }), 'frame.malformed'],
    [text({ ...CLIENT['log.read'], contact: 'x'.repeat(65) }), 'frame.malformed'],
    [text({ ...CLIENT['log.read'], contact: ['c1'] }), 'frame.malformed'],
    [text({ ...CLIENT['message.send'], text: '' }), 'frame.malformed'],
    [text({ ...CLIENT['message.send'], text: 'x'.repeat(MAX_MESSAGE_TEXT) }), 'ok'],
    [text({ ...CLIENT['message.send'], text: 'x'.repeat(MAX_MESSAGE_TEXT + 1) }), 'frame.malformed'],
    [text({ ...CLIENT.ping, ref: 7 }), 'frame.malformed'],
    [text({ ...CLIENT['call.answer'], answer: 'yes' }), 'frame.malformed'],
  ];
  for (const [input, code] of table)
    assert.equal(codeOf(decodeClientFrame(input)), code, String(input).slice(0, 60));
});

Deno.test('S9 numbers too large to count with are refused', () => {
  for (const after of ['9007199254740993', '1e20', '1e400'])
    assert.equal(
      codeOf(decodeClientFrame(`{"type":"log.read","contact":"c1","after":${after}}`)),
      'frame.malformed',
    );
});

Deno.test('S9 size is counted in bytes of UTF-8', () => {
  const frame = (filler: string, count: number) => `{"type":"ping","x":"${filler.repeat(count)}"}`;
  const around = 'x'.length + frame('', 0).length - 1;
  for (const [filler, bytes] of [
    ['x', 1],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
  ] as const) {
    const fits = Math.floor((MAX_FRAME_BYTES - around) / bytes);
    assert.equal(codeOf(decodeClientFrame(frame(filler, fits))), 'ok');
    assert.equal(codeOf(decodeClientFrame(frame(filler, fits + 1))), 'frame.oversized');
  }
});

Deno.test('S9 the ref comes back with the refusal, at most as long as a ref may be', () => {
  const refOf = (input: string) => {
    const result = decodeClientFrame(input);
    return result.ok ? assert.fail() : result.ref;
  };
  assert.equal(refOf('{"type":"nothing","ref":"r1"}'), 'r1');
  assert.equal(refOf(text({ ...CLIENT['log.read'], after: -1, ref: 'r1' })), 'r1');
  assert.equal(refOf(text({ type: 'nothing', ref: 'x'.repeat(1_000) }))?.length, 64);
  assert.equal(refOf('{"type":"nothing","ref":{}}'), undefined);
});

Deno.test('S9 no input makes a decoder throw', () => {
  const damaged = fc
    .tuple(fc.constantFrom(...Object.values(CLIENT), visitorHello, agentHello), fc.nat(), fc.string())
    .map(([frame, at, noise]) => {
      const whole = text(frame);
      const cut = at % whole.length;
      return whole.slice(0, cut) + noise + whole.slice(cut + noise.length);
    });
  const anything = fc.oneof(damaged, fc.string(), fc.json(), fc.anything());
  fc.assert(
    fc.property(anything, (input) => {
      for (const decode of [decodeClientFrame, decodeHello, decodeServerFrame]) {
        const result = decode(input);
        if (!result.ok) assert.match(result.message, /^Cannot read the frame: .+\.$/s);
      }
    }),
    { numRuns: 3_000 },
  );
});
