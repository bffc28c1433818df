import { waitUntil } from '@open-wc/testing';

/** Resolves when `holds`: for what is loaded first, which takes its time on a busy machine. */
export const until = (holds: () => unknown): Promise<void> =>
  waitUntil(() => Boolean(holds()), 'it holds', { timeout: 15_000 });
