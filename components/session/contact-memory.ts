import type { Position } from '../../core/protocol/schemas.ts';
import type { LogEntry } from '../../core/protocol/server-frames.ts';
import type { PendingMessage, Transcript } from '../../core/transcript/transcript.ts';
import type { Durable } from '../store/durable.ts';

/** Entries stored together: appending rewrites one chunk, not the whole log. */
const CHUNK = 100;
/** Kept apart from the logs, so that all positions are read without them. */
const POSITION = 'position/';

interface Meta {
  epoch: string;
  head: number;
}

/** One contact as this browser keeps it: the log so far, what is not acknowledged, the draft. */
export interface ContactMemory {
  /** The transcript and draft as last kept; empty when nothing was. `heard`: there is something only the other side said. */
  load(): Promise<{ transcript: Transcript; draft: string; heard: boolean }>;
  /** Keeps what `next` has beyond `previous`. Calls are carried out in order. */
  keep(previous: Transcript, next: Transcript): Promise<void>;
  /** Resolves when everything asked so far is on disk. */
  keepDraft(text: string): Promise<void>;
  forget(): Promise<void>;
}

export function createContactMemory(durable: Durable, contact: string): ContactMemory {
  const root = `contact/${contact}/`;
  const position = POSITION + contact;
  const chunkKey = (chunk: number) => `${root}log/${String(chunk).padStart(6, '0')}`;
  // Two windows may write at once: the time orders, the id separates.
  const pendingKey = ({ at, id }: PendingMessage, index: number) =>
    `${root}out/${String(at).padStart(15, '0')}-${String(index).padStart(4, '0')}-${id}`;
  const keys = new Map<string, string>();
  let tail: Promise<void> = Promise.resolve();
  /** One write after the other; a failed one does not stop the next. */
  const inOrder = (write: () => Promise<void>): Promise<void> => {
    const result = tail.then(write);
    tail = result.catch(() => {});
    return result;
  };

  return {
    async load() {
      const [meta, chunks, out, draft, heard] = await Promise.all([
        durable.get<Meta>(position),
        durable.entries<LogEntry[]>(`${root}log/`),
        durable.entries<PendingMessage>(`${root}out/`),
        durable.get<string>(`${root}draft`),
        durable.entries(`${root}heard/`),
      ]);
      for (const [key, message] of out) keys.set(message.id, key);
      const entries = gapless(chunks.flatMap(([, chunk]) => chunk));
      const written = new Set(entries.map(({ id }) => id));
      return {
        transcript: {
          epoch: meta?.epoch ?? null,
          head: entries.at(-1)?.offset ?? 0,
          entries,
          pending: out.map(([, message]) => message).filter(({ id }) => !written.has(id)),
          behind: false,
        },
        draft: draft ?? '',
        heard: heard.length > 0,
      };
    },
    keep: (previous, next) =>
      inOrder(async () => {
        const gone = previous.pending.filter((message) => !next.pending.some(({ id }) => id === message.id));
        const written = next.pending
          .map((message, index) => [message, index] as const)
          .filter(([message]) => !previous.pending.includes(message));
        const void_ = next.epoch !== previous.epoch || next.head < previous.head;
        const from = void_ ? 0 : previous.entries.length;
        if (void_ && previous.epoch !== null) await durable.delPrefix(`${root}log/`);
        const puts: [string, unknown][] = written.map(([message, index]) => {
          const key = keys.get(message.id) ?? pendingKey(message, index);
          keys.set(message.id, key);
          return [key, message];
        });
        if (void_ || next.entries.length > from) {
          for (let chunk = Math.floor(from / CHUNK); chunk * CHUNK < next.entries.length; chunk++)
            puts.push([chunkKey(chunk), next.entries.slice(chunk * CHUNK, (chunk + 1) * CHUNK)]);
          puts.push([position, { epoch: next.epoch ?? '', head: next.head } satisfies Meta]);
        }
        // Kept before forgotten: a crash in between leaves a message twice here, and its id makes that once.
        if (puts.length) await durable.setMany(puts);
        if (gone.length)
          await durable.delMany(gone.flatMap(({ id }) => [keys.get(id) ?? [], `${root}file/${id}`].flat()));
      }),
    keepDraft: (text) =>
      inOrder(() => (text ? durable.set(`${root}draft`, text) : durable.del(`${root}draft`))),
    forget: () =>
      inOrder(async () => {
        await durable.del(position);
        await durable.delPrefix(root);
      }),
  };
}

/** Where the logs kept here stand, for the resume of a hello. */
export async function keptPositions(durable: Durable): Promise<Position[]> {
  const kept = await durable.entries<Meta>(POSITION);
  return kept.map(([key, { epoch, head }]) => ({ contact: key.slice(POSITION.length), epoch, offset: head }));
}

/** The run without a gap that a transcript needs, should a chunk be missing. */
function gapless(entries: readonly LogEntry[]): LogEntry[] {
  const run: LogEntry[] = [];
  for (const entry of entries) {
    if (entry.previous !== (run.at(-1)?.offset ?? 0)) break;
    run.push(entry);
  }
  return run;
}
