import type { Abilities, Page, Permissions } from '../../core/protocol/schemas.ts';
import { watchAbilities } from './ability-watch.ts';
import { currentPage } from './page-facts.ts';

export interface VisitWatchOptions {
  /** Origin of the server. */
  readonly server: string;
  /** Milliseconds without a sign of life after which the visitor counts as idle. */
  readonly idleAfter: () => number;
  /** The address changed without a load. */
  readonly onPage: (page: Page) => void;
  /** The page is being left. */
  readonly onLeave: () => void;
  readonly onIdle: (idle: boolean) => void;
  /** What calls can be had here, and what the devices are permitted. */
  readonly onAbilities: (abilities: Abilities, permissions: Permissions) => void;
}

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'touchstart', 'focus'] as const;
/** Looked at this often, milliseconds; a sign of life only notes the time. */
const EVERY = 1_000;

export interface VisitWatch {
  /** Whether the visitor counts as idle now. */
  readonly idle: boolean;
  /** As last told; null: not known yet. */
  readonly permissions: Permissions | null;
  stop(): void;
}

/** Watches where the visitor is on the site, whether they are there at all, and what they let us do. */
export function watchVisit({
  server,
  idleAfter,
  onPage,
  onLeave,
  onIdle,
  onAbilities,
}: VisitWatchOptions): VisitWatch {
  const stopped = new AbortController();
  const options = { capture: true, passive: true, signal: stopped.signal } as const;
  let address = location.href;
  let seenAt = Date.now();
  let idle = false;
  let permissions: Permissions | null = null;

  const seen = () => {
    seenAt = Date.now();
    if (!idle) return;
    idle = false;
    onIdle(false);
  };
  // Routers change the address in many ways and tell nobody; looking is cheap, and titles come a moment later.
  const look = () => {
    if (location.href !== address) {
      address = location.href;
      onPage(currentPage());
    }
    if (idle || Date.now() - seenAt < idleAfter()) return;
    idle = true;
    onIdle(true);
  };

  for (const sign of SIGNS) window.addEventListener(sign, seen, options);
  document.addEventListener('visibilitychange', () => !document.hidden && seen(), options);
  window.addEventListener('pagehide', onLeave, options);
  const timer = setInterval(look, EVERY);
  const tell = (abilities: Abilities, now: Permissions) => {
    permissions = now;
    onAbilities(abilities, now);
  };
  watchAbilities({ server, tell, signal: stopped.signal });
  return {
    get idle() {
      return idle;
    },
    get permissions() {
      return permissions;
    },
    stop() {
      stopped.abort();
      clearInterval(timer);
    },
  };
}
