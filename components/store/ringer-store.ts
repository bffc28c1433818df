import { createContext } from '@lit/context';
import type { ReadableStore } from './store.ts';

/** How the console makes itself heard while somebody waits; kept on this device. */
export interface RingerSettings {
  readonly sound: boolean;
  /** A count in the title of the page. */
  readonly title: boolean;
  readonly notifications: boolean;
}

export interface RingerState extends RingerSettings {
  /** Something waits that calls for an answer. */
  readonly ringing: boolean;
  /** The browser plays no sound before the agent has done something on the page. */
  readonly soundBlocked: boolean;
  /** What the browser says to notifications: it was not asked, it lets us, it does not, it has none. */
  readonly permission: 'ask' | 'granted' | 'denied' | 'unsupported';
}

export const ringerContext = createContext<ReadableStore<RingerState>>(Symbol('vc-ringer'));
