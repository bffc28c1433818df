/** Milliseconds that a headset over the air may take to wake up, and more. */
const PATIENCE = 5000;

/** This page runs no sound, and without sound neither voices nor pictures advance. `code` is `recording.sound`. */
export class SoundError extends Error {
  readonly code = 'recording.sound';
}

/**
 * An AudioContext that runs; whoever opens it closes it.
 * @throws {SoundError} when it does not: in Firefox, where there is no loudspeaker.
 */
export async function openSound(): Promise<AudioContext> {
  const context = new AudioContext();
  const runs = await new Promise<boolean>((resolve, reject) => {
    const timer = setTimeout(resolve, PATIENCE, false);
    context
      .resume()
      .then(() => resolve(true), reject)
      .finally(() => clearTimeout(timer));
  });
  if (runs) return context;
  context.close().catch(() => {}); // It never ran.
  throw new SoundError(
    'Cannot record the call: this browser has no sound. Connect a loudspeaker or a headset, and record again.',
  );
}

/** @throws {SoundError} when this page runs no sound. */
export async function checkSound(): Promise<void> {
  await (await openSound()).close();
}
