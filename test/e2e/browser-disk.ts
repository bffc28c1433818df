/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** Looks through all IndexedDB databases of the page's origin for keys like this: gives how many, and their values if wanted. */
const onDisk = (
  page: Page,
  like: RegExp,
  wanted: 'keys' | 'values',
): Promise<{ keys: number; values: string[] }> =>
  page.evaluate(
    async ({ source, wanted }) => {
      const like = new RegExp(source);
      const found = { keys: 0, values: [] as string[] };
      const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
      const result = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve) => {
          request.onsuccess = () => resolve(request.result);
        });
      for (const { name } of await indexedDB.databases()) {
        const database = await result(indexedDB.open(name ?? ''));
        const pairs = database.transaction('pairs').objectStore('pairs');
        const keys = (await result(pairs.getAllKeys())).filter((key) => like.test(String(key)));
        found.keys += keys.length;
        if (wanted === 'values')
          for (const value of await Promise.all(keys.map((key) => result(pairs.get(key)))))
            found.values.push(textOf(value));
        database.close();
      }
      return found;
    },
    { source: like.source, wanted },
  );

export const keysOnDisk = async (page: Page, like: RegExp): Promise<number> =>
  (await onDisk(page, like, 'keys')).keys;

/** Values as text, objects as JSON. */
export const valuesOnDisk = async (page: Page, like: RegExp): Promise<string[]> =>
  (await onDisk(page, like, 'values')).values;
