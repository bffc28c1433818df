import assert from 'node:assert/strict';
import { clientFrame } from '../../core/protocol/client-frames.ts';
import { CloseCode } from '../../core/protocol/codes.ts';
import * as limits from '../../core/protocol/limits.ts';
import {
  contactView,
  eventEntry,
  logEntry,
  serverFrame,
  serviceView,
  waitingEntry,
} from '../../core/protocol/server-frames.ts';

const text = await Deno.readTextFile(new URL('../../docs/protocol.md', import.meta.url));
const codes = await Deno.readTextFile(new URL('../../core/protocol/codes.ts', import.meta.url));

const missing = (words: Iterable<string>) => [...words].filter((word) => !text.includes(word));

Deno.test('S9 the document names every frame with every field', () => {
  for (const { entries } of [...clientFrame.options, ...serverFrame.options]) {
    const { literal } = entries.type;
    assert.ok(text.includes(`"${literal}"`) || text.includes(`\`${literal}\``), literal);
    assert.deepEqual(missing(Object.keys(entries)), [], literal);
  }
  for (const { entries } of [contactView, waitingEntry, serviceView, ...logEntry.options])
    assert.deepEqual(missing(Object.keys(entries)), []);
});

Deno.test('S9 the document names every event, error code and close code', () => {
  assert.deepEqual(missing(eventEntry.entries.event.options.map((event) => `\`${event}\``)), []);
  const errors = [...codes.matchAll(/^ {2}\| '(.+)'/gm)].map(([, code]) => `| \`${code}\` |`);
  assert.ok(errors.length > 15);
  assert.deepEqual(missing(errors), []);
  assert.deepEqual(missing(Object.values(CloseCode).map((code) => `| ${code} |`)), []);
});

Deno.test('S9 the document has the limits of the code', () => {
  const { MAX_FRAME_BYTES, MAX_MESSAGE_TEXT, FRAMES_PER_SECOND, FRAME_BURST, PAGE_SIZE, MAX_RESUME } = limits;
  const spaced = (n: number) => n.toLocaleString('en').replaceAll(',', ' ');
  assert.deepEqual(
    missing([
      `${spaced(MAX_FRAME_BYTES)} bytes`,
      `1–${spaced(MAX_MESSAGE_TEXT)} UTF-16`,
      `${FRAMES_PER_SECOND} a second, after a burst of ${FRAME_BURST}`,
      `up to ${PAGE_SIZE} entries`,
      `up to ${MAX_RESUME} of`,
      `1–${limits.MAX_ID} characters`,
      `within ${limits.HELLO_TIMEOUT / 1000} s`,
      `| ${spaced(limits.MAX_NOTE)} UTF-16`,
      `| ${limits.MAX_SHORTCUT} characters`,
      `own | ${limits.MAX_RESPONSES} |`,
      `up to ${limits.MAX_TRAIL} of`,
      limits.SUBPROTOCOL,
    ]),
    [],
  );
});
