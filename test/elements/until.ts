import { waitUntil } from '@open-wc/testing';

/** Resolves when `holds`. As patient as a test may be, since a busy machine takes its time; `what` it waits for tells a failure. */
export const until = (holds: () => unknown, what = String(holds)): Promise<void> =>
  waitUntil(holds, what, { interval: 20, timeout: 15_000 });
