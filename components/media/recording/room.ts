import { DurableError } from '../../store/durable.ts';
import { fillReserve, heldReserve, spendReserve } from './reserve.ts';

/** Bits that a second of recording takes at most, as the encoders are told. */
export const BITS_PER_SECOND = { video: 1_200_000, audio: 64_000 };

const BYTES_PER_SECOND = (BITS_PER_SECOND.video + BITS_PER_SECOND.audio) / 8;

/**
 * Browsers do not say how much room there is: Chromium names ten gigabytes whatever the disk has. So some is taken before
 * a recording begins, and given back block by block when a write fails: that is the warning, and the last block is the end.
 */
const RESERVE = { blocks: 3, seconds: 60 };

/** Seconds below which a recording that runs ends, while all of it can still be kept. */
const LEAST = 20;

/** This device has too little room for recordings. `code` is `recording.room`. */
export class RoomError extends Error {
  readonly code = 'recording.room';
}

/**
 * Takes room for a recording, and asks that what is kept is not cleared away when the device runs short, where the browser
 * grants that.
 * @throws {RoomError} when there is not enough to begin.
 */
export async function makeRoom(): Promise<void> {
  // Some browsers ask the user: a recording does not wait for the answer.
  navigator.storage?.persist?.().catch(() => {});
  if (!(await fillReserve(RESERVE.blocks, RESERVE.seconds * BYTES_PER_SECOND)))
    throw new RoomError('Cannot record the call: this device has room for less than three minutes of it.');
}

export interface Room {
  /** Seconds of recording there is room for; infinite while nothing speaks against it. */
  readonly seconds: number;
  /** So little that the recording has to end now. */
  readonly isOver: boolean;
}

/** Writes chunks, out of the reserve where the disk is full, and says what room that leaves. */
export function createRoom(): (write: () => Promise<void>, bytes: number) => Promise<Room> {
  const begun = heldReserve();
  /** Blocks that are left since one had to be given back. */
  let left = Number.POSITIVE_INFINITY;
  let sinceSpent = 0;
  const attempt = async (write: () => Promise<void>): Promise<void> => {
    try {
      await write();
    } catch (error) {
      const blocks = isFull(error) ? await spendReserve(RESERVE.blocks) : null;
      if (blocks === null) throw error;
      left = blocks;
      sinceSpent = 0;
      await attempt(write);
    }
  };
  return async (write, bytes) => {
    await attempt(write);
    sinceSpent += bytes;
    const spending = Math.max(0, RESERVE.seconds - sinceSpent / BYTES_PER_SECOND);
    const held = Math.min(left, await begun) * RESERVE.seconds;
    const seconds = Math.min(left * RESERVE.seconds + spending, (await estimated()) + held);
    return { seconds, isOver: left === 0 || seconds < LEAST };
  };
}

/** What the browser says, where it knows; some do. */
async function estimated(): Promise<number> {
  try {
    const { quota, usage = 0 } = await navigator.storage.estimate();
    return quota === undefined ? Number.POSITIVE_INFINITY : Math.max(0, quota - usage) / BYTES_PER_SECOND;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

const isFull = (error: unknown): boolean => error instanceof DurableError && error.code === 'durable.full';
