import { JetStreamApiError, type JetStreamManager, StorageType, type StreamConfig } from '@nats-io/jetstream';
import type { NatsAddress } from './address.ts';

/** The two streams of an installation, and the epoch their existence stands for. */
export interface NatsStreams {
  readonly documents: string;
  readonly logs: string;
  readonly epoch: string;
}

const NAME_IN_USE = 10058;
const NOT_FOUND = 10059;
const EPOCH = 'vicino-epoch';

/** Before every key of a document. */
export const documentSubject = (name: string): string => `$KV.${name}.`;
/** Before every name of a log. */
export const logSubject = (name: string): string => `${name}.log.`;

/** Creates the streams where they are missing, and gives them the replicas and the placement asked for. */
export async function ensureStreams(
  manager: JetStreamManager,
  { name, replicas, placement }: NatsAddress,
): Promise<NatsStreams> {
  const where = {
    ...(replicas !== undefined && { num_replicas: replicas }),
    ...(placement && { placement: { cluster: '', tags: [], ...placement } as StreamConfig['placement'] }),
  } as Partial<StreamConfig>;
  // A bucket as the `nats kv` command knows it: the last message of a subject is the document.
  const documents: Partial<StreamConfig> & { name: string } = {
    name: `KV_${name}`,
    subjects: [`${documentSubject(name)}>`],
    storage: StorageType.File,
    max_msgs_per_subject: 1,
    allow_rollup_hdrs: true,
    deny_delete: true,
    // So that the marks of what was deleted vanish one day.
    allow_msg_ttl: true,
    // A replica may lag behind what it has not told anybody to have confirmed.
    allow_direct: false,
    ...where,
  };
  const logs: Partial<StreamConfig> & { name: string } = {
    name: `${name}-log`,
    subjects: [`${logSubject(name)}>`],
    storage: StorageType.File,
    deny_delete: true,
    allow_direct: true,
    ...where,
  };
  const epochs = [await ensureStream(manager, documents), await ensureStream(manager, logs)];
  return { documents: documents.name, logs: logs.name, epoch: epochs.join('_') };
}

/** Gives the name that this stream's data got when it was created. */
async function ensureStream(
  manager: JetStreamManager,
  wanted: Partial<StreamConfig> & { name: string },
): Promise<string> {
  const found = await find(manager, wanted.name);
  const config = found ?? (await create(manager, wanted));
  if (isElsewhere(config, wanted))
    await manager.streams.update(wanted.name, { ...config, ...wanted, metadata: config.metadata ?? {} });
  return config.metadata?.[EPOCH] ?? '';
}

async function find(manager: JetStreamManager, name: string): Promise<StreamConfig | null> {
  try {
    return (await manager.streams.info(name)).config;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === NOT_FOUND) return null;
    throw error;
  }
}

async function create(
  manager: JetStreamManager,
  wanted: Partial<StreamConfig> & { name: string },
): Promise<StreamConfig> {
  const metadata = { [EPOCH]: crypto.randomUUID().slice(0, 13) };
  try {
    return (await manager.streams.add({ ...wanted, metadata })).config;
  } catch (error) {
    // Another instance was quicker; the epoch is theirs.
    if (!(error instanceof JetStreamApiError && error.code === NAME_IN_USE)) throw error;
    return (await manager.streams.info(wanted.name)).config;
  }
}

/** Only what the address asks for counts. */
function isElsewhere(config: StreamConfig, { num_replicas, placement }: Partial<StreamConfig>): boolean {
  const place = ({ cluster = '', tags = [] }: Partial<NonNullable<StreamConfig['placement']>> = {}) =>
    [cluster, ...tags].join();
  return (
    (num_replicas !== undefined && num_replicas !== config.num_replicas) ||
    (placement !== undefined && place(placement) !== place(config.placement))
  );
}
