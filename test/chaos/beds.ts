import type { Bed, StoreKind } from './bed.ts';

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
