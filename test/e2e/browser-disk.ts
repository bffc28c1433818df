/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** Pairs like this that the page's origin keeps in IndexedDB, over all its databases. Values as text, objects as JSON. */
const pairsOnDisk = (page: Page, like: RegExp): Promise<[key: string, value: string][]> =>
  page.evaluate(async (source) => {
    const like = new RegExp(source);
    const found: [string, string][] = [];
    const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name ?? ''));
      const pairs = database.transaction('pairs').objectStore('pairs');
      const [keys, values] = await Promise.all([result(pairs.getAllKeys()), result(pairs.getAll())]);
      database.close();
      for (const [index, key] of keys.entries())
        if (like.test(String(key))) found.push([String(key), textOf(values[index])]);
    }
    return found;
  }, like.source);

export const keysOnDisk = async (page: Page, like: RegExp): Promise<number> =>
  (await pairsOnDisk(page, like)).length;

export const valuesOnDisk = async (page: Page, like: RegExp): Promise<string[]> =>
  (await pairsOnDisk(page, like)).map(([, value]) => value);
