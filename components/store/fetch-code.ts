/** Milliseconds after which whoever needs code that did not come asks for it again. */
export const ASK_AGAIN = 2_000;

/** What came under another address, by the one that failed. */
const renamed = new Map<string, Promise<unknown>>();
let failures = 0;

/**
 * Loads code that comes when it is needed first. Some browsers remember an address that failed for as long as the page lives:
 * a moment without the server, and what was asked for then would never come. With another fragment it is another address.
 *
 * @throws what `load` throws, when it does not come now; it is asked for again the next time.
 */
export async function fetchCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    // Browsers say which address it was, and in no other way.
    const [address] = /https?:\S+/.exec(`${error}`) ?? [];
    if (!address) throw error;
    const again = renamed.get(address) ?? import(`${address}#${++failures}`);
    renamed.set(address, again);
    return again.catch(() => {
      renamed.delete(address);
      throw error;
    });
  }
}
