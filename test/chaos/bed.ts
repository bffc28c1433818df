import { openStore, parseStoreAddress } from '../../server/store/open.ts';
import type { Store } from '../../server/store/port.ts';
import type { Fault } from './faults.ts';

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

/** Opens the store as an instance would. */
export async function openBed({ address }: Pick<Bed, 'address'>): Promise<Store> {
  const parsed = parseStoreAddress(address);
  if (typeof parsed === 'string') throw new Error(`Cannot open ${address}: ${parsed}`);
  return await openStore(parsed);
}
