/** Bits that a second of recording takes at most, as the encoders are told. */
export const BITS_PER_SECOND = { video: 1_200_000, audio: 64_000 };

const BYTES_PER_SECOND = (BITS_PER_SECOND.video + BITS_PER_SECOND.audio) / 8;

/** Seconds of recording below which none begins, and below which one that runs ends while all of it can still be kept. */
export const LEAST_ROOM = { toBegin: 60, toGoOn: 20 };

/** This device has too little room for recordings. `code` is `recording.room`. */
export class RoomError extends Error {
  readonly code = 'recording.room';
}

/** Seconds of recording there is still room for; infinite where the browser does not tell. */
export async function roomLeft(): Promise<number> {
  try {
    const { quota, usage = 0 } = await navigator.storage.estimate();
    return quota === undefined ? Number.POSITIVE_INFINITY : Math.max(0, quota - usage) / BYTES_PER_SECOND;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/**
 * Sees to it that a recording can begin: there is room, and what is kept is not cleared away when the device runs short
 * of it, where the browser grants that.
 * @throws {RoomError}
 */
export async function makeRoom(): Promise<void> {
  // Some browsers ask the user: a recording does not wait for the answer.
  navigator.storage?.persist?.().catch(() => {});
  if ((await roomLeft()) < LEAST_ROOM.toBegin)
    throw new RoomError('Cannot record the call: this device has room for less than a minute of it');
}
