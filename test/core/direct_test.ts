import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LogEntry } from '../../core/protocol/server-frames.ts';
import { keepsLimits } from '../../core/service/files.ts';
import {
  type DirectEvent,
  type DirectTalk,
  isHere,
  MOST_HEARD,
  nothingDirect,
  stepDirect,
} from '../../core/transcript/direct.ts';
import {
  emptyTranscript,
  type PendingMessage,
  stepTranscript,
  type Transcript,
} from '../../core/transcript/transcript.ts';
import { aMessage } from '../support/contact-sample.ts';

const message = (id: string, at = 1) => ({ id, text: `text ${id}`, at });
const heard = (id: string, at = 1) => aMessage(0, { id, at, previous: 0 });
const pending = (...ids: string[]): PendingMessage[] => ids.map((id) => ({ ...message(id), refused: null }));
const transcript: Transcript = {
  ...emptyTranscript,
  entries: [aMessage(1, { id: 'logged' })],
  pending: pending('mine'),
};
const full: DirectTalk = {
  heard: Array.from({ length: MOST_HEARD }, (_, index) => heard(`h${index}`)),
  told: [],
};

const TABLE: [title: string, before: DirectTalk, event: DirectEvent, heard: string[], told: string[]][] = [
  ['is shown', nothingDirect, { type: 'heard', entry: heard('a') }, ['a'], []],
  ['is shown once', { heard: [heard('a')], told: [] }, { type: 'heard', entry: heard('a', 2) }, ['a'], []],
  ['is not shown beside its entry', nothingDirect, { type: 'heard', entry: heard('logged') }, [], []],
  ['cannot take the place of an own one', nothingDirect, { type: 'heard', entry: heard('mine') }, [], []],
  [
    'goes when its author takes it back',
    { heard: [heard('a')], told: [] },
    { type: 'withdrawn', id: 'a' },
    [],
    [],
  ],
  [
    'gives way to its entry',
    { heard: [heard('logged'), heard('b')], told: [] },
    { type: 'transcribed' },
    ['b'],
    [],
  ],
  ['of this side is known to be there', nothingDirect, { type: 'told', id: 'mine' }, [], ['mine']],
  ['of nobody is not', nothingDirect, { type: 'told', id: 'other' }, [], []],
  [
    'of this side is in the log by now',
    { heard: [], told: ['logged', 'mine'] },
    { type: 'transcribed' },
    [],
    ['mine'],
  ],
];

for (const [title, before, event, shown, told] of TABLE)
  Deno.test(`A5 what was said directly ${title}`, () => {
    const after = stepDirect(before, event, transcript);
    assert.deepEqual([after.heard.map(({ id }) => id), after.told], [shown, told]);
    assert.equal(stepDirect(after, event, transcript), after, 'the same again changes nothing');
  });

Deno.test('A5 S9 a browser that floods the other one is not heard any more', () => {
  assert.equal(stepDirect(full, { type: 'heard', entry: heard('a') }, transcript), full);
});

Deno.test('M4 limits of a service: bytes and types, and no empty file', () => {
  const limits = { maxBytes: 100, types: ['image/*', 'text/plain'] };
  const taken = (mime: string, size: number) => keepsLimits(limits, mime, size);
  assert.deepEqual(
    [taken('image/png', 100), taken('text/plain', 1), taken('text/plain', 0), taken('text/plain', 101)],
    [true, true, false, false],
  );
  assert.equal(taken('text/html', 5), false);
  assert.equal(keepsLimits({ maxBytes: 0, types: ['*/*'] }, 'text/plain', 1), false);
});

/** What one browser knows: the machines beside each other, as the session runs them. */
class Browser {
  transcript = emptyTranscript;
  talk = nothingDirect;
  /** To the other browser and to the server, in the order in which it was said; cut off, it is lost. */
  constructor(readonly name: 'a' | 'b') {}

  #step(event: DirectEvent): void {
    this.talk = stepDirect(this.talk, event, this.transcript);
  }

  write(id: string, at: number): void {
    this.transcript = stepTranscript(this.transcript, { type: 'write', message: message(id, at) }).transcript;
  }

  /** Gives whether it may tell the other side that it is here. */
  hear(id: string, at: number): boolean {
    this.#step({ type: 'heard', entry: heard(id, at) });
    return isHere(this.talk, this.transcript, id);
  }

  told(id: string): void {
    this.#step({ type: 'told', id });
  }

  read(log: readonly LogEntry[]): void {
    const after = this.transcript.head;
    this.transcript = stepTranscript(this.transcript, {
      type: 'page',
      epoch: 'e',
      recovered: true,
      after,
      head: log.length,
      entries: log.slice(after),
    }).transcript;
    this.#step({ type: 'transcribed' });
  }

  /** Everything on the screen, by id. */
  get shown(): string[] {
    return [...this.transcript.entries, ...this.transcript.pending, ...this.talk.heard].map(({ id }) => id);
  }
}

const moves = fc.array(
  fc.record({
    who: fc.constantFrom('a' as const, 'b' as const),
    what: fc.constantFrom('write', 'direct', 'resend', 'read', 'server', 'direct', 'resend', 'read'),
    loses: fc.boolean(),
  }),
  { maxLength: 60 },
);

Deno.test('A5 S6 with the server gone and back, both end with one log: everything once, each author in order', () => {
  fc.assert(
    fc.property(moves, (steps) => {
      const both = { a: new Browser('a'), b: new Browser('b') };
      const log: LogEntry[] = [];
      let serves = true;
      let written = 0;
      const append = (id: string) => {
        if (log.some((entry) => entry.id === id)) return;
        log.push(aMessage(log.length + 1, { id }));
      };
      const check = () => {
        for (const { shown, talk, transcript, name } of Object.values(both)) {
          assert.equal(new Set(shown).size, shown.length, `${name} shows nothing twice`);
          assert.ok(
            talk.told.every((id) => transcript.pending.some((one) => one.id === id)),
            'a tick of the line is only on what waits for the log',
          );
        }
      };
      for (const { who, what, loses } of steps) {
        const [one, other] = who === 'a' ? [both.a, both.b] : [both.b, both.a];
        if (what === 'write') one.write(`${who}${++written}`, written);
        if (what === 'server') serves = !serves;
        if (what === 'direct')
          for (const { id } of one.transcript.pending) if (other.hear(id, written) && !loses) one.told(id);
        if (what === 'resend' && serves) for (const { id } of one.transcript.pending) append(id);
        if (what === 'read' && serves && !loses) one.read(log);
        check();
      }
      for (const one of Object.values(both)) for (const { id } of one.transcript.pending) append(id);
      for (const one of Object.values(both)) one.read(log);
      check();
      const ids = log.map(({ id }) => id);
      for (const { shown, talk } of Object.values(both)) {
        assert.deepEqual(shown, ids);
        assert.deepEqual(talk, nothingDirect);
      }
      assert.equal(ids.length, written);
      for (const author of ['a', 'b']) {
        const numbers = ids.filter((id) => id.startsWith(author)).map((id) => Number(id.slice(1)));
        assert.deepEqual(
          numbers,
          numbers.toSorted((x, y) => x - y),
        );
      }
    }),
    { numRuns: 500 },
  );
});
