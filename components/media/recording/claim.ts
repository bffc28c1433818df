const PREFIX = 'vicino-recording/';
/** Of this tab; each function lets one go. */
const own = new Map<string, () => void>();

/**
 * Takes the recording `id` for this tab, unless another one has it, until `unclaim` or the tab dies: a killed tab cannot
 * clear a mark on disk, but the browser releases its locks. Says whether it is this tab's now.
 */
export function claim(id: string): Promise<boolean> {
  if (own.has(id)) return Promise.resolve(true);
  return new Promise((resolve, reject) => {
    const hold = (lock: Lock | null) => {
      resolve(lock !== null);
      return lock && new Promise<void>((release) => own.set(id, release));
    };
    navigator.locks.request(PREFIX + id, { ifAvailable: true }, hold).catch(reject);
  });
}

/** Another tab may take it now. */
export function unclaim(id: string): void {
  own.get(id)?.();
  own.delete(id);
}

/** Ids of the recordings that any tab has. */
export async function claimed(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.map(({ name = '' }) => name.replace(PREFIX, '')));
}
