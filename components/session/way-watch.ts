import { findWay, type Way } from '../check/way.ts';

/** What browsers tell of the network, where they do. https://wicg.github.io/netinfo/ */
interface NetworkInformation extends EventTarget {
  readonly saveData?: boolean;
}

const KEY = 'vc:way';
/** Milliseconds for which a finding holds, on the pages of this tab; a change of the network ends it before. */
const FRESH = 600_000;
/** Milliseconds after which waiting for an idle moment ends. */
const PATIENCE = 10_000;

export interface WayWatchOptions {
  readonly server: string;
  tell(way: Way): void;
  readonly signal: AbortSignal;
  /** Finds out; a test puts its own here. */
  readonly find?: typeof findWay;
}

/**
 * Tells which calls the network here carries: in an idle moment while the page is seen, and anew when the network changes.
 * Where data are to be saved no bytes are spent on measuring. What could not be found out is not told.
 */
export function watchWay({ server, tell, signal, find = findWay }: WayWatchOptions): void {
  const { connection } = navigator as Navigator & { readonly connection?: NetworkInformation };
  let newest = 0;
  let finding = new AbortController();

  const look = async () => {
    const look = ++newest;
    finding.abort();
    finding = new AbortController();
    const { signal: replaced } = finding;
    const kept = keptWay(server);
    if (kept) return tell(kept);
    await quietMoment(signal);
    if (signal.aborted || look !== newest) return;
    try {
      const way = await find(server, {
        measure: !connection?.saveData,
        signal: AbortSignal.any([signal, replaced]),
      });
      if (signal.aborted || look !== newest) return;
      keepWay(server, way);
      tell(way);
    } catch {
      // Nobody knows: a button that is there and fails says why.
    }
  };
  const changed = () => {
    forgetWay();
    void look();
  };

  window.addEventListener('online', changed, { signal });
  connection?.addEventListener?.('change', changed, { signal });
  void look();
}

/** Resolves when the page is seen and has nothing else to do. */
async function quietMoment(signal: AbortSignal): Promise<void> {
  if (document.hidden)
    await new Promise<void>((resolve) => {
      document.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
      signal.addEventListener('abort', () => resolve());
    });
  await new Promise<void>((resolve) => {
    // Safari has no such moments.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: PATIENCE });
    else setTimeout(resolve, 1_000);
  });
}

function keptWay(server: string): Way | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (kept?.server !== server || !(Date.now() - kept.at < FRESH)) return null;
    return { voice: kept.voice === true, video: kept.video === true };
  } catch {
    return null;
  }
}

function keepWay(server: string, way: Way): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ server, at: Date.now(), ...way }));
  } catch {
    // Storage is blocked: the next page finds out by itself.
  }
}

function forgetWay(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Storage is blocked: nothing is kept.
  }
}
