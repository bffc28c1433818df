const PREFIX = 'vicino-recording/';

/**
 * Marks the recording `id` as running, for all tabs, until the given function is called or the tab dies: a killed tab
 * cannot clear a mark on disk, but the browser releases its locks.
 */
export function claim(id: string): () => void {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  navigator.locks.request(PREFIX + id, () => held).catch(() => {});
  return release;
}

/** Ids of the recordings that run in any tab. */
export async function claimed(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.map(({ name = '' }) => name.replace(PREFIX, '')));
}
