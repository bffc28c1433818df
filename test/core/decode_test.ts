import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeClientFrame, decodeHello, decodeServerFrame } from '../../core/protocol/decode.ts';
import {
  MAX_FRAME_BYTES,
  MAX_MESSAGE_TEXT,
  MAX_NOTE,
  MAX_SHORTCUT,
  MAX_TRAIL,
  MAX_URL,
} from '../../core/protocol/limits.ts';
import type { ServerFrameOf } from '../../core/protocol/server-frames.ts';
import { aCallback, aLead } from '../support/contact-machine.ts';
import {
  agentHello,
  CLIENT,
  entries,
  page,
  response,
  SERVER,
  status,
  VARIANTS,
  visitorHello,
  waitingEntry,
} from '../support/frame-samples.ts';

const WELCOMED: ServerFrameOf<'welcome'>['you'] = {
  side: 'agent',
  id: 'anna',
  name: 'Anna',
  status,
  reasons: ['Break'],
  waiting: [waitingEntry],
  responses: { shared: [{ ...response, service: 'sales' }], own: [] },
  limit: 5,
  reports: true,
};

const text = JSON.stringify;
const codeOf = (result: ReturnType<typeof decodeClientFrame>) => (result.ok ? 'ok' : result.code);

Deno.test('S9 every client frame is read as it was written', () => {
  for (const frame of [...Object.values(CLIENT), ...VARIANTS])
    assert.deepEqual(decodeClientFrame(text(frame)), { ok: true, frame });
  for (const frame of [visitorHello, agentHello])
    assert.deepEqual(decodeHello(text(frame)), { ok: true, frame });
});

Deno.test('S9 every server frame is read as it was written', () => {
  const frames = [
    ...Object.values(SERVER),
    { ...SERVER.welcome, you: WELCOMED },
    ...entries.map((entry) => ({ ...SERVER['log.appended'], entry })),
    { ...SERVER.typing, text: 'Hel' },
    { ...SERVER.error, field: 'number' },
    { ...SERVER['queue.state'], expected: 90 },
  ];
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
    [text({ ...CLIENT['contact.open'], kind: 'fax' }), 'frame.malformed'],
    [text({ ...CLIENT['contact.convert'], form: { ...aCallback(), kind: 'chat' } }), 'frame.malformed'],
    [
      text({ ...CLIENT['contact.convert'], form: { ...aCallback(), number: '1'.repeat(41) } }),
      'frame.malformed',
    ],
    [text({ ...CLIENT['contact.convert'], form: { ...aCallback(), wishedAt: 'soon' } }), 'frame.malformed'],
    [text({ ...CLIENT['contact.convert'], form: { ...aCallback(), zone: 'Berlin; x' } }), 'frame.malformed'],
    [text({ ...CLIENT['contact.convert'], form: { ...aLead(), email: 'x'.repeat(255) } }), 'frame.malformed'],
    [text({ ...CLIENT['contact.convert'], form: null }), 'frame.malformed'],
    [text({ ...CLIENT['contact.rate'], score: 0 }), 'frame.malformed'],
    [text({ ...CLIENT['contact.rate'], score: 6 }), 'frame.malformed'],
    [text({ ...CLIENT['contact.rate'], score: 4.5 }), 'frame.malformed'],
    [text({ ...CLIENT['contact.rate'], score: '5' }), 'frame.malformed'],
    [text({ ...CLIENT['contact.rate'], comment: 'x'.repeat(MAX_NOTE) }), 'ok'],
    [text({ ...CLIENT['contact.rate'], comment: 'x'.repeat(MAX_NOTE + 1) }), 'frame.malformed'],
    [text({ ...CLIENT['contact.colour'], colour: 'url(x)' }), 'frame.malformed'],
    [text({ ...CLIENT['note.add'], text: '' }), 'frame.malformed'],
    [text({ ...CLIENT['note.add'], text: 'x'.repeat(MAX_MESSAGE_TEXT + 1) }), 'frame.malformed'],
    [text({ ...CLIENT['typing.set'], text: 'x'.repeat(MAX_MESSAGE_TEXT + 1) }), 'frame.malformed'],
    [text({ ...CLIENT['link.push'], url: 'x'.repeat(MAX_URL + 1) }), 'frame.malformed'],
    [text({ ...CLIENT['transfer.offer'], to: { kind: 'everybody', id: 'ben' } }), 'frame.malformed'],
    [text({ ...CLIENT['transfer.offer'], to: { kind: 'agent', id: '../ben' } }), 'frame.malformed'],
    [
      text({ ...CLIENT['response.put'], response: { ...response, shortcut: 'two words' } }),
      'frame.malformed',
    ],
    [text({ ...CLIENT['response.put'], response: { ...response, shortcut: '' } }), 'frame.malformed'],
    [
      text({ ...CLIENT['response.put'], response: { ...response, shortcut: 'x'.repeat(MAX_SHORTCUT + 1) } }),
      'frame.malformed',
    ],
    [text({ ...CLIENT['agent.set'], state: 'asleep' }), 'frame.malformed'],
    [text({ ...CLIENT['agent.set'], reason: 'x'.repeat(61) }), 'frame.malformed'],
  ];
  for (const [input, code] of table)
    assert.equal(codeOf(decodeClientFrame(input)), code, String(input).slice(0, 60));
});

Deno.test('S9 a hello says no more than it may', () => {
  const trail = (length: number) => Array.from({ length }, () => ({ url: page.url, title: '', at: 1 }));
  const table: [object, string][] = [
    [{ trail: trail(MAX_TRAIL) }, 'ok'],
    [{ trail: trail(MAX_TRAIL + 1) }, 'ok'],
    [{ zone: 'Europe/Berlin<script>' }, 'frame.malformed'],
    [{ zone: 'Etc/GMT+3' }, 'ok'],
  ];
  for (const [change, code] of table) {
    const result = decodeHello(text({ ...visitorHello, ...change }));
    assert.equal(result.ok ? 'ok' : result.code, code, text(change).slice(0, 60));
  }
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

Deno.test('S9 what the server says may be larger than what a client may', () => {
  const waiting = Array.from({ length: 500 }, () => waitingEntry);
  const frame = { ...SERVER.welcome, you: { ...WELCOMED, waiting } };
  assert.ok(text(frame).length > MAX_FRAME_BYTES);
  assert.deepEqual(decodeServerFrame(text(frame)), { ok: true, frame });
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
    .tuple(
      fc.constantFrom(...Object.values(CLIENT), ...VARIANTS, visitorHello, agentHello),
      fc.nat(),
      fc.string(),
    )
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
