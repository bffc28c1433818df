import { openStore, parseStoreAddress } from '../../server/store/open.ts';
import type { Store } from '../../server/store/port.ts';
import type { Fault } from './faults.ts';
import type { Machine } from './machine.ts';

export const STORE_KINDS = ['sqlite', 'kv', 'nats'] as const;
export type StoreKind = (typeof STORE_KINDS)[number];

/** A store to run on, with the faults that only it can have. */
export interface Bed extends AsyncDisposable {
  /** As in `VC_STORE`. */
  readonly address: string;
  /** What else an instance has to find in its environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];
  /** What this machine does not allow to be tried. */
  readonly missing: readonly string[];
}

/** Where the data of a run is made. */
export function makeBed(kind: StoreKind, instances: number): Promise<Bed> {
  switch (kind) {
    case 'sqlite':
      return import('./sqlite-bed.ts').then(({ sqliteBed }) => sqliteBed());
    case 'kv':
      return import('./kv-bed.ts').then(({ kvBed }) => kvBed(instances));
    case 'nats':
      return import('./nats-bed.ts').then(({ natsBed }) => natsBed());
  }
}

/** Opens the store as an instance would. */
export async function openBed({ address }: Pick<Bed, 'address'>): Promise<Store> {
  const parsed = parseStoreAddress(address);
  if (typeof parsed === 'string') throw new Error(`Cannot open ${address}: ${parsed}`);
  return await openStore(parsed);
}

/** While the store cannot be had, no instance starts. */
export function excuse(machines: readonly Machine[], reason: string | null): void {
  for (const machine of machines) machine.excuse = reason;
}
