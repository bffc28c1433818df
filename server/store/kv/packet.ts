import { KvRow, MAX_VALUE_BYTES } from './row.ts';

/** An entry of a log. */
export interface Packed {
  readonly log: string;
  readonly offset: number;
  readonly row: KvRow;
}

/** What an entry takes in a packet beside its row, at most. */
export const besideInPacket = (log: string): number => log.length + 40;

/** Entries in as few values as hold them: in each, a line that says in JSON which ones, then row behind row. */
export function* pack<P extends Packed>(
  entries: readonly P[],
): Generator<readonly [Uint8Array, readonly P[]]> {
  let packet: P[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const more = besideInPacket(entry.log) + entry.row.bytes.length;
    if (bytes + more > MAX_VALUE_BYTES) {
      yield [valueFrom(packet), packet];
      packet = [];
      bytes = 0;
    }
    packet.push(entry);
    bytes += more;
  }
  if (packet.length > 0) yield [valueFrom(packet), packet];
}

export function unpack(value: Uint8Array): Packed[] {
  const line = value.indexOf(LINE_FEED);
  const directory: [string, number, number][] = JSON.parse(new TextDecoder().decode(value.subarray(0, line)));
  let start = line + 1;
  return directory.map(([log, offset, length]) => {
    const row = new KvRow(value.slice(start, start + length));
    start += length;
    return { log, offset, row };
  });
}

const LINE_FEED = 10;

function valueFrom(entries: readonly Packed[]): Uint8Array {
  const directory = JSON.stringify(entries.map(({ log, offset, row }) => [log, offset, row.bytes.length]));
  const head = new TextEncoder().encode(`${directory}\n`);
  const value = new Uint8Array(head.length + entries.reduce((sum, { row }) => sum + row.bytes.length, 0));
  value.set(head);
  let end = head.length;
  for (const { row } of entries) {
    value.set(row.bytes, end);
    end += row.bytes.length;
  }
  return value;
}
