import type { Abilities, Permissions } from '../../core/protocol/schemas.ts';
import type { Way } from '../check/way.ts';
import { fetchCode } from '../store/fetch-code.ts';
import { watchPermissions } from './permission-watch.ts';

export interface AbilityWatchOptions {
  /** Origin of the server. */
  readonly server: string;
  tell(abilities: Abilities, permissions: Permissions): void;
  readonly signal: AbortSignal;
}

/** Tells what calls this side can have, as devices, browser and network let it: soon, and after every change. */
export function watchAbilities({ server, tell, signal }: AbilityWatchOptions): void {
  let permissions: Permissions | null = null;
  let way: Way | null = null;
  const say = () => {
    if (permissions) tell(abilitiesWith(permissions, way), permissions);
  };
  watchPermissions((now) => {
    permissions = now;
    say();
  }, signal);
  fetchCode(() => import('./way-watch.ts')).then(
    ({ watchWay }) => {
      const tell = (now: Way) => {
        way = now;
        say();
      };
      if (!signal.aborted) watchWay({ server, tell, signal });
    },
    () => {}, // What is not known is not held against anybody.
  );
}

/**
 * Without a microphone nobody is heard; a camera that is missing leaves the other one to see. What the network carries
 * bounds both; null: that is not known.
 */
export function abilitiesWith({ microphone }: Permissions, way: Way | null): Abilities {
  const calls = microphone !== 'missing' && microphone !== 'unsupported';
  return { voice: calls && way?.voice !== false, video: calls && way?.video !== false };
}
