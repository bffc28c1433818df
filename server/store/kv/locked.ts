/** While another process writes to the same file, in milliseconds. */
const LOCKED_PAUSE = 10;
const MAX_LOCKED = 300;

/** Nothing was written while another process had the file for itself. */
export async function untilUnlocked<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === MAX_LOCKED || !(error instanceof Error && /database is locked/.test(error.message)))
        throw error;
      await new Promise((resolve) => setTimeout(resolve, LOCKED_PAUSE * Math.random()));
    }
  }
}
