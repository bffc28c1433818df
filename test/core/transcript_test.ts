import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LogEntry, MessageEntry } from '../../core/protocol/server-frames.ts';
import { statusOf, unreadCount } from '../../core/transcript/status.ts';
import type { Transcript, TranscriptEvent } from '../../core/transcript/transcript.ts';
import { emptyTranscript, stepTranscript } from '../../core/transcript/transcript.ts';
import { aMessage } from '../support/contact-sample.ts';

const entry = (offset: number, id = `m${offset}`): MessageEntry =>
  aMessage(offset, { id, side: 'visitor', author: { id: 'v1', name: 'Vera' } });
const log = (length: number): LogEntry[] => Array.from({ length }, (_, index) => entry(index + 1));

const play = (events: readonly TranscriptEvent[], from: Transcript = emptyTranscript): Transcript =>
  events.reduce((transcript, event) => stepTranscript(transcript, event).transcript, from);

const pageOf = (
  entries: readonly LogEntry[],
  after: number,
  limit: number,
  recovered = true,
): TranscriptEvent => ({
  type: 'page',
  epoch: 'e1',
  recovered,
  after,
  head: entries.length,
  entries: entries.slice(after, after + limit),
});

Deno.test('M1 an acknowledged message leaves the pending and stands once among the entries', () => {
  const transcript = play([
    { type: 'write', message: { id: 'm1', text: 'text 1', at: 5 } },
    { type: 'appended', epoch: 'e1', entry: entry(1) },
    { type: 'appended', epoch: 'e1', entry: entry(1) },
  ]);
  assert.deepEqual(transcript.pending, []);
  assert.deepEqual(
    transcript.entries.map(({ id }) => id),
    ['m1'],
  );
});

Deno.test('M2 a gap is asked for once and nothing above it is shown before it is filled', () => {
  const first = stepTranscript(emptyTranscript, { type: 'appended', epoch: 'e1', entry: entry(3) });
  assert.deepEqual(first.effects, [{ type: 'fetch', after: 0 }]);
  const second = stepTranscript(first.transcript, { type: 'appended', epoch: 'e1', entry: entry(4) });
  assert.deepEqual(second.effects, []);
  assert.deepEqual(second.transcript.entries, []);
  const filled = play([pageOf(log(4), 0, 100)], second.transcript);
  assert.equal(filled.head, 4);
  assert.equal(filled.behind, false);
});

Deno.test('M2 a long log comes page by page', () => {
  const entries = log(7);
  let step = stepTranscript(emptyTranscript, pageOf(entries, 0, 3));
  const asked: number[] = [];
  while (step.effects[0]) {
    asked.push(step.effects[0].after);
    step = stepTranscript(step.transcript, pageOf(entries, step.effects[0].after, 3));
  }
  assert.deepEqual(asked, [3, 6]);
  assert.deepEqual(step.transcript.entries, entries);
});

Deno.test('S6 a log that began anew replaces what was known and keeps what is pending', () => {
  const known = play([
    pageOf(log(5), 0, 100),
    { type: 'write', message: { id: 'mine', text: 'mine', at: 1 } },
  ]);
  const fresh = [entry(1, 'other')];
  const transcript = play(
    [{ type: 'page', epoch: 'e2', recovered: false, after: 0, head: 1, entries: fresh }],
    known,
  );
  assert.deepEqual(transcript.entries, fresh);
  assert.equal(transcript.epoch, 'e2');
  assert.deepEqual(
    transcript.pending.map(({ id }) => id),
    ['mine'],
  );
});

Deno.test('M2 a refused message stays until its writer throws it away', () => {
  const refused = play([
    { type: 'write', message: { id: 'long', text: 'x', at: 1 } },
    { type: 'refused', id: 'long', reason: 'Cannot send the message: it is too long.' },
  ]);
  assert.equal(refused.pending[0]?.refused, 'Cannot send the message: it is too long.');
  assert.deepEqual(play([{ type: 'discard', id: 'long' }], refused).pending, []);
});

/**
 * A server log of `length` entries reaches the client through a wire that loses, repeats and reorders frames; what the
 * client asks for is answered, though answers may be lost as well.
 */
const wire = fc.record({
  length: fc.integer({ min: 0, max: 24 }),
  pageSize: fc.integer({ min: 1, max: 7 }),
  own: fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 6 }),
  frames: fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('live' as const), offset: fc.integer({ min: 1, max: 24 }) }),
      fc.record({ kind: fc.constant('page' as const), after: fc.integer({ min: 0, max: 24 }) }),
      fc.record({ kind: fc.constant('answer' as const) }),
    ),
    { maxLength: 60 },
  ),
});

Deno.test('S6 whatever is lost, repeated or reordered, no entry shows twice, out of order or with a gap', () => {
  fc.assert(
    fc.property(wire, ({ length, pageSize, own, frames }) => {
      const entries = log(length);
      const mine = own.filter((offset) => offset <= length);
      let transcript = play(
        mine.map((offset) => ({
          type: 'write',
          message: { id: `m${offset}`, text: `text ${offset}`, at: offset },
        })),
      );
      let asked: number | null = null;
      const take = (event: TranscriptEvent) => {
        const step = stepTranscript(transcript, event);
        transcript = step.transcript;
        asked = step.effects.at(-1)?.after ?? asked;
        assert.deepEqual(
          transcript.entries,
          entries.slice(0, transcript.head),
          'a gapless run from the beginning',
        );
        const shown = new Set(transcript.entries.map(({ id }) => id));
        assert.ok(
          transcript.pending.every(({ id }) => !shown.has(id)),
          'nothing is both pending and shown',
        );
        const expected = mine.filter((offset) => offset > transcript.head).map((offset) => `m${offset}`);
        assert.deepEqual(
          transcript.pending.map(({ id }) => id).toSorted(),
          expected.toSorted(),
          'nothing is lost',
        );
      };
      for (const frame of frames) {
        const live = frame.kind === 'live' ? entries[frame.offset - 1] : undefined;
        if (live) take({ type: 'appended', epoch: 'e1', entry: live });
        else if (frame.kind === 'page' && frame.after <= length) take(pageOf(entries, frame.after, pageSize));
        else if (frame.kind === 'answer' && asked !== null) {
          const after: number = asked;
          asked = null;
          take(pageOf(entries, after, pageSize));
        }
      }
      // A reconnect asks from the head, and every question is answered from now on.
      asked = transcript.head;
      while (asked !== null) {
        const after: number = asked;
        asked = null;
        take(pageOf(entries, after, pageSize));
      }
      assert.equal(transcript.head, length);
      assert.deepEqual(transcript.pending, []);
    }),
    { numRuns: 500 },
  );
});

Deno.test('M1 ticks rise with the cursors of the other side', () => {
  const cursors = { visitor: { delivered: 9, read: 9 }, agent: { delivered: 2, read: 1 } };
  const statuses = log(3).map((one) => statusOf(one, 'visitor', cursors));
  assert.deepEqual(statuses, ['read', 'delivered', 'sent']);
});

Deno.test('C11 unread counts messages of the other side above the own read cursor', () => {
  assert.equal(unreadCount(log(5), 'agent', 3), 2);
  assert.equal(unreadCount(log(5), 'visitor', 3), 0);
});
