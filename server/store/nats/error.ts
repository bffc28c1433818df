import { JetStreamApiError } from '@nats-io/jetstream';
import { errors, RequestError } from '@nats-io/transport-node';
import { StoreError, type StoreErrorCode } from '../port.ts';

/** Codes of https://github.com/nats-io/nats-server/blob/main/server/errors.json; others mean it cannot be used right now. */
const CODES: Readonly<Record<number, StoreErrorCode>> = {
  10002: 'store.full', // JSAccountResourcesExceededErr
  10023: 'store.full', // JSInsufficientResourcesErr
  10028: 'store.full', // JSMemoryResourcesExceededErr
  10047: 'store.full', // JSStorageResourcesExceededErr
  10054: 'store.full', // JSStreamMessageExceedsMaximumErr
  10077: 'store.full', // JSStreamStoreFailedF: a limit of the stream, or the disk
};

/** Gives the {@link StoreError} that says which `action` ("write to the store") NATS refused and why. */
export function natsError(action: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof JetStreamApiError ? CODES[error.code] : undefined;
  return new StoreError(code ?? 'store.unavailable', `Cannot ${action}: ${reason}`, { cause: error });
}

const WRONG_LAST_SEQUENCE = [10071, 10164];

/** Whether a write was refused because the subject has moved on. */
export const isConflict = (error: unknown): boolean =>
  error instanceof JetStreamApiError && WRONG_LAST_SEQUENCE.includes(error.code);

/**
 * Whether a later try may do better: nothing answered, or the cluster is electing a leader. Whether a write
 * went through is then unknown.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.status >= 500 && CODES[error.code] === undefined;
  const { cause } = error as { cause?: unknown };
  return PASSING.some((kind) => error instanceof kind || cause instanceof kind);
}

const NOT_YET = [
  10008, // JSClusterNotAvailErr: it elects who decides about streams
  10059, // JSStreamNotFoundErr, of one that another instance is just creating
];

/** JSClusterNoPeersErrF: also of a placement that no node fits, which no waiting mends. */
const NO_PEERS = 10005;

/** Whether a cluster that is only coming up, or electing, may do better in a moment. What the address asks for in vain is none of it. */
export function isForming(error: unknown): boolean {
  if (!(error instanceof JetStreamApiError)) return isPassing(error);
  return NOT_YET.includes(error.code) || (error.code === NO_PEERS && error.message.includes('peer offline'));
}

const PASSING = [RequestError, errors.TimeoutError, errors.NoRespondersError, errors.ConnectionError];
