import { Random } from '../random.ts';
import { Guest } from './guest.ts';

/**
 * A crowd in a process of its own: `crowd.ts URL SOCKETS TALKERS SEED`. Connects them all, says so on standard output, waits
 * until every one was thrown out and is back, and says how that went.
 */

/** So many gather at a time: who comes all at once is the storm's business. */
const AT_ONCE = 100;

/** What the crowd says, one JSON object a line. */
export type Word =
  | { readonly event: 'gathered'; readonly milliseconds: number }
  | {
      readonly event: 'back';
      /** From the moment each lost its socket until it was let in, milliseconds, sorted. */
      readonly away: readonly number[];
      /** From the first loss until everybody had all that is theirs, milliseconds. */
      readonly milliseconds: number;
      readonly faults: readonly string[];
      /** Ids of messages that are on disk, by contact. */
      readonly acknowledged: Readonly<Record<string, readonly string[]>>;
    };

const say = (word: Word): void => console.log(JSON.stringify(word));

const [url = '', sockets = '0', talkers = '0', seed = '1'] = Deno.args;
const random = new Random(Number(seed));
let changed = Promise.withResolvers<void>();
const guests = Array.from(
  { length: Number(sockets) },
  (_, n) =>
    new Guest(`g${n}`, {
      url,
      random: random.fork(`g${n}`),
      talks: n < Number(talkers),
      onChange: () => changed.resolve(),
    }),
);

async function until(these: readonly Guest[], is: (guest: Guest) => boolean): Promise<void> {
  for (const guest of these)
    while (!is(guest)) {
      changed = Promise.withResolvers();
      await changed.promise;
    }
}

const began = performance.now();
for (let n = 0; n < guests.length; n += AT_ONCE) {
  const wave = guests.slice(n, n + AT_ONCE);
  for (const { transport } of wave) transport.open();
  await until(wave, ({ settled }) => settled);
}
// Who had to come twice until now is no matter of the storm.
for (const guest of guests) guest.lostAt = guest.backAt = null;
say({ event: 'gathered', milliseconds: performance.now() - began });
await until(guests, ({ backAt, settled }) => backAt !== null && settled);
const lost = guests.map(({ lostAt }) => lostAt ?? 0);
say({
  event: 'back',
  away: guests.map(({ backAt }, n) => (backAt ?? 0) - (lost[n] ?? 0)).toSorted((a, b) => a - b),
  milliseconds: performance.now() - Math.min(...lost),
  faults: guests.flatMap(({ contact, faults }) => faults.map((fault) => `${contact}: ${fault}`)),
  acknowledged: Object.fromEntries(
    guests.slice(0, Number(talkers)).map(({ contact, acknowledged }) => [contact, acknowledged]),
  ),
});
for (const { transport } of guests) transport.close();
