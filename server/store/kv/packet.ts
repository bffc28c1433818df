import { KvRow, MAX_VALUE_BYTES } from './row.ts';

/** An entry of a log. */
export interface Packed {
  readonly log: string;
  readonly offset: number;
  readonly row: KvRow;
}

/** What an entry takes in a packet beside its JSON, at most. */
export const besideInPacket = (log: string): number => log.length + 40;

/** Entries in a few values: in each, a line that says in JSON which ones and how long, then the JSON of one behind the other. */
export function* pack<P extends Packed>(
  entries: readonly P[],
): Generator<readonly [Uint8Array, readonly P[]]> {
  let packet: P[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const more = besideInPacket(entry.log) + entry.row.size;
    if (packet.length > 0 && bytes + more > MAX_VALUE_BYTES) {
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
  const text = new TextDecoder().decode(value);
  let start = text.indexOf('\n') + 1;
  const directory: [string, number, number][] = JSON.parse(text.slice(0, start));
  return directory.map(([log, offset, length]) => {
    const row = KvRow.of(text.slice(start, start + length));
    start += length;
    return { log, offset, row };
  });
}

function valueFrom(entries: readonly Packed[]): Uint8Array {
  const directory = JSON.stringify(entries.map(({ log, offset, row }) => [log, offset, row.text.length]));
  return new TextEncoder().encode(`${directory}\n${entries.map(({ row }) => row.text).join('')}`);
}
