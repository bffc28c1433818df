import type { KvChange, KvCommit } from './commit.ts';
import { ABSENT, type KvDraft, PENDING, type SeenRow } from './draft.ts';
import { ALIVE, aliveKey, answersKey, bellKey, inboxKey, MEMBERS } from './keys.ts';
import { newRow, readRow } from './row.ts';

/** Rows that somebody who left had not fetched, or of what they answered: as many go at once. What stays is harmless. */
const MAX_REMAINS = 200;
const LIGHT = { mutations: 2, names: 0, bytes: 4_096 };
const HEAVY = { mutations: 2 * MAX_REMAINS + 3, names: 100 * MAX_REMAINS, bytes: 4_096 };

export interface MemberEvents {
  /** Somebody left or was removed. */
  onLeft(): void;
  /** This instance had been removed, with all it had said about itself, and is there again. */
  onReturned(): void;
}

/**
 * The instances that share a database. Whoever posts something holds the row of members unchanged until the
 * commit, so that who has joined misses nothing committed after that.
 */
export class KvMembers {
  readonly me = crypto.randomUUID();
  readonly #kv: Deno.Kv;
  readonly #commit: KvCommit;
  readonly #lease: number;
  readonly #events: MemberEvents;
  #seen: SeenRow = ABSENT;
  /** When each member's sign of life was first seen as it is; by our own clock, for others may go differently. */
  readonly #signs = new Map<string, { readonly version: string; readonly since: number }>();

  /** @param lease milliseconds without a sign of life after which a member is gone */
  constructor(kv: Deno.Kv, commit: KvCommit, lease: number, events: MemberEvents) {
    this.#kv = kv;
    this.#commit = commit;
    this.#lease = lease;
    this.#events = events;
  }

  /** As last seen. */
  get ids(): readonly string[] {
    return idsIn(this.#seen);
  }

  /** Those there are now, held until the draft is committed. */
  async hold(draft: KvDraft): Promise<readonly string[]> {
    const seen = await draft.look(MEMBERS, this.#seen);
    draft.hold(MEMBERS);
    this.#learn(seen);
    return idsIn(seen);
  }

  /** What a watch of {@link MEMBERS} has shown. */
  async changed(entry: Deno.KvEntryMaybe<unknown>): Promise<void> {
    this.#learn(entry.versionstamp === null ? ABSENT : { version: entry.versionstamp, row: readRow(entry) });
    // Taken for dead while it was held up.
    if (this.ids.includes(this.me)) return;
    await this.join();
    this.#events.onReturned();
  }

  async join(): Promise<void> {
    await this.#change(LIGHT, async (draft) => {
      const ids = await this.hold(draft);
      if (!ids.includes(this.me)) draft.replace(MEMBERS, rowOf([...ids, this.me]));
      draft.overwrite(aliveKey(this.me), newRow('alive', '1'));
    });
    const entry = await this.#kv.get(MEMBERS);
    if (entry.versionstamp !== null) this.#learn({ version: entry.versionstamp, row: readRow(entry) });
  }

  /** Shows a sign of life, and removes those who have shown none for the length of a lease. */
  async beat(now: number): Promise<void> {
    await this.#change(LIGHT, async (draft) => draft.overwrite(aliveKey(this.me), newRow('alive', '1')));
    const signs = new Map<string, string>();
    for await (const entry of this.#kv.list({ prefix: ALIVE }))
      signs.set(String(entry.key.at(-1)), entry.versionstamp);
    for (const id of this.ids) {
      const version = signs.get(id) ?? '';
      const sign = this.#signs.get(id);
      if (sign?.version !== version) this.#signs.set(id, { version, since: now });
      else if (now - sign.since >= this.#lease && id !== this.me) await this.remove(id);
    }
  }

  async remove(id: string): Promise<void> {
    this.#signs.delete(id);
    await this.#change(HEAVY, async (draft) => {
      const ids = await this.hold(draft);
      if (ids.includes(id)) draft.replace(MEMBERS, rowOf(ids.filter((other) => other !== id)));
      draft.overwrite(aliveKey(id), null);
      draft.overwrite(bellKey(id), null);
      for (const prefix of [inboxKey(id), answersKey(id)])
        for await (const { key } of this.#kv.list({ prefix }, { limit: MAX_REMAINS }))
          draft.overwrite(key, null);
    });
  }

  #learn(seen: SeenRow): void {
    if (seen.version === PENDING || (seen.version ?? '') <= (this.#seen.version ?? '')) return;
    const left = this.ids.some((id) => !idsIn(seen).includes(id));
    this.#seen = seen;
    if (left) this.#events.onLeft();
  }

  #change(weight: KvChange<void>['weight'], apply: (draft: KvDraft) => Promise<void>): Promise<void> {
    const change: KvChange<void> = {
      target: 'members',
      weight,
      async apply(draft) {
        await apply(draft);
        return () => {};
      },
    };
    return this.#commit.write(change);
  }
}

const idsIn = ({ row }: SeenRow): string[] => (row ? JSON.parse(row.text) : []);
const rowOf = (ids: readonly string[]) => newRow('members', JSON.stringify(ids));
