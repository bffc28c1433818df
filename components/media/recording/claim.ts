const PREFIX = 'vicino-recording/';
/** Of this tab; each function lets one go. */
const own = new Map<string, () => Promise<unknown>>();

/**
 * Takes the recording `id` for this tab, unless another one has it, until `unclaim` or the tab dies: a killed tab cannot
 * clear a mark on disk, but the browser releases its locks. Says whether it is this tab's now.
 */
export function claim(id: string): Promise<boolean> {
  if (own.has(id)) return Promise.resolve(true);
  return new Promise((resolve, reject) => {
    const hold = (lock: Lock | null) => {
      resolve(lock !== null);
      if (!lock) return undefined;
      return new Promise<void>((release) => {
        own.set(id, () => {
          release();
          return held;
        });
      });
    };
    const held = navigator.locks.request(PREFIX + id, { ifAvailable: true }, hold);
    held.catch(reject);
  });
}

/** Resolves when another tab may take it. */
export async function unclaim(id: string): Promise<void> {
  const letGo = own.get(id);
  own.delete(id);
  await letGo?.();
}

/** Ids of the recordings that any tab has. */
export async function claimed(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.map(({ name = '' }) => name.replace(PREFIX, '')));
}
