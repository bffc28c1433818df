import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import {
  type EventEntry,
  eventEntry,
  type FileEntry,
  type LogEntry,
  logEntry,
  type NoteEntry,
} from '../../core/protocol/server-frames.ts';
import { unreadCount } from '../../core/transcript/status.ts';
import { emptyTranscript, stepTranscript } from '../../core/transcript/transcript.ts';
import { visibleTo } from '../../core/transcript/visible.ts';
import { aMessage } from '../support/contact-sample.ts';

const SECRET = 'he complained twice before';
const events = eventEntry.entries.event.options;
/** Between agents: whether and to whom a contact is being offered. */
const BETWEEN_AGENTS = ['transfer.offered', 'transfer.declined', 'transfer.withdrawn', 'transfer.expired'];

const place = (offset: number) => ({ offset, previous: offset - 1, id: `m${offset}`, at: 1_000 + offset });
const aNote = (offset: number): NoteEntry => ({
  kind: 'note',
  ...place(offset),
  author: { id: 'anna', name: 'Anna' },
  text: SECRET,
});
const anEvent = (offset: number, event: EventEntry['event']): EventEntry => ({
  kind: 'event',
  ...place(offset),
  event,
  side: 'agent',
  name: 'Anna',
  call: null,
  seconds: null,
  text: BETWEEN_AGENTS.includes(event) ? SECRET : null,
  score: null,
});
const aFile = (offset: number, name = 'lamp.png'): FileEntry => ({
  kind: 'file',
  ...place(offset),
  side: 'agent',
  author: { id: 'anna', name: 'Anna' },
  file: 'f1',
  name,
  mime: 'image/png',
  size: 5,
  width: 1,
  height: 1,
});
const aRecording = (offset: number): FileEntry => ({ ...aFile(offset, SECRET), recording: true });

Deno.test('M8 agents see every entry as it is', () => {
  for (const entry of [
    aMessage(1),
    aNote(1),
    aFile(1),
    aRecording(1),
    ...events.map((event) => anEvent(1, event)),
  ])
    assert.equal(visibleTo('agent', entry), entry);
});

Deno.test('M8 C14 R5 of a note, a recording, and what agents settle among themselves, a visitor gets the place alone', () => {
  for (const entry of [aNote(7), aRecording(7), ...events.map((event) => anEvent(7, event))]) {
    const seen = visibleTo('visitor', entry);
    const internal = entry.kind !== 'event' || BETWEEN_AGENTS.includes(entry.event);
    if (internal) assert.deepEqual(seen, { kind: 'hidden', offset: 7, previous: 6, at: 1_007, id: 'h-7' });
    else assert.equal(seen, entry);
  }
  for (const entry of [aMessage(1), aFile(1)]) assert.equal(visibleTo('visitor', entry), entry);
});

const log: fc.Arbitrary<LogEntry[]> = fc
  .array(
    fc.oneof(
      fc.constant((offset: number) => aNote(offset)),
      fc.constant((offset: number) => aMessage(offset)),
      fc.constant((offset: number) => aFile(offset)),
      fc.constant((offset: number) => aRecording(offset)),
      fc.constantFrom(...events).map((event) => (offset: number) => anEvent(offset, event)),
    ),
    { maxLength: 30 },
  )
  .map((makers) => makers.map((make, index) => make(index + 1)));

Deno.test('M8 whatever the log, the visitor’s has no gap, no note, and counts nothing hidden as unread', () => {
  fc.assert(
    fc.property(log, fc.nat(30), (log, read) => {
      const seen = log.map((entry) => visibleTo('visitor', entry));
      assert.ok(!JSON.stringify(seen).includes(SECRET));
      for (const entry of seen) v.parse(logEntry, entry);
      assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
      const { transcript, effects } = seen.reduce(
        (step, entry) => {
          const next = stepTranscript(step.transcript, { type: 'appended', epoch: 'e1', entry });
          return { transcript: next.transcript, effects: [...step.effects, ...next.effects] };
        },
        { transcript: emptyTranscript, effects: [] as readonly object[] },
      );
      assert.deepEqual(effects, [], 'nothing is missing');
      assert.deepEqual(transcript.entries, seen);
      const others = log.filter(
        ({ kind, offset }, index) =>
          offset > read && (kind === 'message' || kind === 'file') && seen[index]?.kind !== 'hidden',
      );
      assert.equal(unreadCount(seen, 'visitor', read), others.length);
    }),
  );
});

Deno.test('S6 what was refused leaves only its place, for both sides', () => {
  const { offset, previous, at } = place(3);
  const refused = { kind: 'hidden', offset, previous, at, id: 'm3' } as const;
  for (const side of ['visitor', 'agent'] as const)
    assert.deepEqual(visibleTo(side, refused), { ...refused, id: 'h-3' });
});
