import type { Bed } from './bed.ts';
import type { Fault } from './faults.ts';
import { excuse } from './machine.ts';
import { pause } from './pause.ts';

/** Bytes of the disk the store has to itself. */
const DISK = 256 * 1024 * 1024;

/** One SQLite file, on a small disk of its own where this machine lets us make one. */
export async function sqliteBed(): Promise<Bed> {
  const directory = await Deno.makeTempDir({ prefix: 'vicino-chaos-' });
  const mounted = await mount(directory);
  return {
    address: `sqlite:${directory}/vicino.sqlite`,
    faults: mounted ? [fullDisk(directory)] : [],
    missing: mounted ? [] : ['a full disk: mounting one takes root'],
    async [Symbol.asyncDispose]() {
      if (mounted) await run('umount', directory);
      await Deno.remove(directory, { recursive: true });
    },
  };
}

const mount = (directory: string): Promise<boolean> =>
  run('mount', '-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', directory);

/** Somebody else fills the disk to its last byte, and clears it up later. */
function fullDisk(directory: string): Fault {
  return {
    kind: 'full disk',
    weight: 2,
    async run({ random, machines }) {
      const ballast = `${directory}/ballast`;
      excuse(machines, 'the disk is full');
      try {
        await fill(ballast);
        await pause(random.between(500, 4_000));
      } finally {
        await Deno.remove(ballast).catch(() => {});
        excuse(machines, null);
      }
      return '';
    },
  };
}

async function fill(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  // Ever smaller pieces, down to single bytes: nothing is left over.
  for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 16)) {
    const piece = new Uint8Array(size);
    while (true) {
      try {
        if ((await file.write(piece)) < size) break;
      } catch {
        break;
      }
    }
  }
}

async function run(command: string, ...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args, stdout: 'null', stderr: 'null' }).output()).success;
  } catch {
    return false;
  }
}
