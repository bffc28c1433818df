import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Store, Version } from '../../server/store/port.ts';
import type { ContractTest, StoreUnderTest } from './store-under-test.ts';

type Expectation = 'absent' | 'current' | 'outdated';

type Change =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown; readonly expect: Expectation }
  | { readonly type: 'delete'; readonly key: string; readonly expect: Expectation }
  | { readonly type: 'append'; readonly log: string; readonly id: string; readonly value: unknown };

/** Changes issued together without awaiting each other; `reopen` follows them. */
interface Burst {
  readonly changes: readonly Change[];
  readonly reopen: boolean;
}

/** Stands for a version before the store has named it. */
interface Mark {
  version: Version;
}

const key = fc.constantFrom('a', 'a-1', 'a/1', 'a/2', 'ab/1').map((name) => `model/${name}`);
const log = fc.constantFrom('model/a', 'model/b');
// Without -0, which JSON writes as 0.
const value = fc
  .jsonValue({ stringUnit: 'binary', maxDepth: 2 })
  .map((json): unknown => JSON.parse(JSON.stringify(json)));
const expect = fc.constantFrom<Expectation>('absent', 'current', 'current', 'outdated');
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ type: fc.constant('put' as const), key, value, expect }),
  fc.record({ type: fc.constant('delete' as const), key, expect }),
  fc.record({
    type: fc.constant('append' as const),
    log,
    id: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
    value,
  }),
);
const burst: fc.Arbitrary<Burst> = fc.record({
  changes: fc.array(change, { maxLength: 8 }),
  // Seldom, for some stores take their time.
  reopen: fc.constantFrom(false, false, false, true),
});

export function modelContract(test: ContractTest): void {
  test('S4 any sequence of changes leaves what a map and an array would hold', async (subject) => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(burst, { minLength: 1, maxLength: 8 }), async (bursts) => {
        run += 1;
        await compare(subject, `run-${run}/`, bursts);
      }),
      { numRuns: 60 },
    );
  });
}

/** Plays the bursts on the store and on the model; `space` keeps the runs on one store apart. */
async function compare(subject: StoreUnderTest, space: string, bursts: readonly Burst[]): Promise<void> {
  const model = new Model(space);
  for (const { changes, reopen } of bursts) {
    const seen = model.marks();
    await Promise.all(changes.map((change) => model.play(subject.store, change, seen)));
    if (reopen) await subject.reopen();
    await model.assertSame(subject.store);
  }
}

class Model {
  readonly #space: string;
  readonly #documents = new Map<string, { value: unknown; mark: Mark }>();
  readonly #outdated = new Map<string, Mark>();
  readonly #logs = new Map<string, Map<string, unknown>>();

  constructor(space: string) {
    this.#space = space;
  }

  /** The versions a caller knows before a burst. */
  marks(): Map<string, Mark> {
    return new Map([...this.#documents].map(([key, { mark }]) => [key, mark]));
  }

  /** Applies the change to the model at once and to the store, and compares what each says. */
  async play(store: Store, change: Change, seen: ReadonlyMap<string, Mark>): Promise<void> {
    switch (change.type) {
      case 'put': {
        const key = this.#space + change.key;
        const expected = this.#expected(key, change.expect, seen);
        const mark: Mark = { version: '' };
        const written = this.#matches(key, expected);
        if (written) this.#replace(key, { value: change.value, mark });
        const version = await store.put(key, change.value, expected?.version ?? null);
        assert.equal(version !== null, written);
        if (version !== null) mark.version = version;
        return;
      }
      case 'delete': {
        const key = this.#space + change.key;
        const expected = this.#expected(key, change.expect, seen) ?? { version: 'none' };
        const deleted = this.#matches(key, expected);
        if (deleted) this.#replace(key, null);
        assert.equal(await store.delete(key, expected.version), deleted);
        return;
      }
      case 'append': {
        const record = { id: change.id, value: change.value };
        const log = this.#log(this.#space + change.log);
        const duplicate = log.has(change.id);
        if (!duplicate) log.set(change.id, record);
        const first = log.get(change.id);
        const appended = await store.append(this.#space + change.log, record);
        assert.equal(appended.duplicate, duplicate);
        assert.deepEqual(appended.record, first);
        return;
      }
    }
  }

  async assertSame(store: Store): Promise<void> {
    const documents = await store.list(this.#space);
    const kept = [...this.#documents].sort(([a], [b]) => (a < b ? -1 : 1));
    assert.deepEqual(
      documents,
      kept.map(([key, { value, mark }]) => ({ key, value, version: mark.version })),
    );
    for (const [name, log] of this.#logs) {
      const { head, entries } = await store.read(name, 0);
      assert.deepEqual(
        entries.map((entry) => entry.record),
        [...log.values()],
      );
      assert.equal(head, entries.at(-1)?.offset ?? 0);
      assert.deepEqual(
        entries.map((entry) => entry.previous),
        [0, ...entries.map((entry) => entry.offset)].slice(0, -1),
      );
    }
  }

  #expected(key: string, expect: Expectation, seen: ReadonlyMap<string, Mark>): Mark | null {
    if (expect === 'absent') return null;
    if (expect === 'current') return seen.get(key) ?? null;
    const outdated = this.#outdated.get(key);
    // What this burst itself has written has no version to name yet.
    return outdated && outdated.version !== '' ? outdated : { version: 'outdated' };
  }

  #matches(key: string, expected: Mark | null): boolean {
    return (this.#documents.get(key)?.mark ?? null) === expected;
  }

  #replace(key: string, next: { value: unknown; mark: Mark } | null): void {
    const before = this.#documents.get(key);
    if (before) this.#outdated.set(key, before.mark);
    if (next) this.#documents.set(key, next);
    else this.#documents.delete(key);
  }

  #log(name: string): Map<string, unknown> {
    const log = this.#logs.get(name) ?? new Map<string, unknown>();
    this.#logs.set(name, log);
    return log;
  }
}
