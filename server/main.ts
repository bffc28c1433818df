import { dirname, join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { SecretError } from './auth/tokens.ts';
import { systemTimers } from './broker/timers.ts';
import { readConfig } from './config/read.ts';
import { createReload } from './config/reload.ts';
import { readSettings, type Settings, SettingsError } from './environment.ts';
import { randomId } from './ids.ts';
import { createInstance } from './instance.ts';
import { createLog } from './log.ts';
import { exportMetrics, exportsSpans, isExporting } from './metrics/telemetry.ts';
import { openStore } from './store/open.ts';
import { StoreError } from './store/port.ts';

/** The process: environment, files, port and signals. */

const ROOT = join(import.meta.dirname ?? '.', '..');
/** After this long a shutdown no longer waits for work under way. */
const SHUTDOWN = 4_500;
/** So long answers under way may still take once the sockets are closed. */
const DRAIN = 1_500;

const env = (name: string): string | undefined => Deno.env.get(name);
let log = createLog((line) => console.log(line), Date.now);

async function main(): Promise<void> {
  const settings = readSettings(env);
  log = createLog((line) => console.log(line), Date.now, settings.logLevel);
  // Without one attached, Deno would keep everything in memory and say nothing. Nobody can set this on Deno Deploy but we.
  if (settings.attached) Deno.env.set('DENO_KV_REQUIRES_DISTRIBUTED_DATABASE', 'error');
  const configPath = settings.configPath ?? join(ROOT, 'demo', 'vicino.json');
  const read = await readConfig(configPath);
  if (!read.ok) throw new SettingsError(read.sentences.join('\n'));
  const store = await openStore(settings.store, {
    onSubscriberFailure: (error, subject) => log.failed('subscriber.failed', error, { subject }),
  });
  const instance = await createInstance({
    store,
    config: read.config,
    secret: settings.secret ?? (await keptSecret(settings)),
    demo: settings.demo,
    readAsset: readDist,
    clock: Date.now,
    timers: systemTimers,
    ids: randomId,
    log,
    metricsToken: settings.metricsToken,
    build: { version: manifest.version, store: settings.store.kind },
  });
  exportMetrics(instance.metrics, manifest.version);
  if (exportsSpans(env))
    log.warn('telemetry.addresses', {
      message: 'Spans have whole addresses, tickets and ids of files included',
    });
  const reload = createReload({
    read: () => readConfig(configPath),
    apply: (config) => instance.configure(config),
    log,
  });
  const server = Deno.serve(
    {
      port: settings.port,
      onListen: ({ port }) =>
        log.info('server.listening', {
          port,
          demo: settings.demo,
          version: manifest.version,
          store: settings.store.kind,
        }),
    },
    instance.fetch,
  );

  let stopping = false;
  const stop = async (signal: Deno.Signal): Promise<void> => {
    if (stopping) return;
    stopping = true;
    const began = performance.now();
    log.info('server.stopping', { signal });
    // Whatever hangs, the process is gone in time; what was acknowledged is on disk already.
    Deno.unrefTimer(setTimeout(cutShort, SHUTDOWN));
    // Sockets first: the shutdown of the listener would close them in its own way.
    await instance.close();
    // Who reads a file too slowly asks for it again elsewhere.
    const drained = Promise.withResolvers<void>();
    const timer = setTimeout(drained.resolve, DRAIN);
    await Promise.race([server.shutdown(), drained.promise]);
    clearTimeout(timer);
    await store.close();
    log.info('server.stopped', { ms: Math.round(performance.now() - began) });
    if (!isExporting(env)) Deno.exit(0);
    // Telemetry makes `Deno.exit` hang at times, but not the end of a process that has nothing left to do.
    for (const [signal, run] of handlers) Deno.removeSignalListener(signal, run);
  };
  const handlers = new Map<Deno.Signal, () => void>([
    ['SIGHUP', () => void reload().catch((error: unknown) => log.failed('config.reloaded', error))],
    ...(['SIGINT', 'SIGTERM'] as const).map(
      (signal) =>
        [
          signal,
          () => void stop(signal).catch((error: unknown) => log.failed('server.stopping', error)),
        ] as const,
    ),
  ]);
  for (const [signal, run] of handlers) Deno.addSignalListener(signal, run);
}

function cutShort(): void {
  log.warn('server.cut-short');
  if (isExporting(env)) Deno.kill(Deno.pid, 'SIGKILL');
  Deno.exit(0);
}

/** The demo's own secret, made at its first start and kept beside the store, so that a restart knows its visitors. */
async function keptSecret({ storePath }: Settings): Promise<string> {
  if (storePath === ':memory:') return randomId() + randomId();
  const path = join(dirname(storePath), 'demo-secret');
  try {
    await Deno.writeTextFile(path, randomId() + randomId(), { createNew: true, mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  return await Deno.readTextFile(path);
}

async function readDist(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await Deno.readFile(join(ROOT, 'dist', path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** What an operator can mend is said in one sentence; everything else is a defect and shows where it is. */
function refuseToStart(error: unknown): never {
  const plain =
    error instanceof SettingsError ||
    error instanceof SecretError ||
    error instanceof StoreError ||
    error instanceof Deno.errors.AddrInUse;
  console.error(plain ? error.message : error);
  Deno.exit(1);
}

let started = false;
// One defect must not cost everyone their connection. Before the start there is nobody to protect.
for (const kind of ['unhandledrejection', 'error'] as const)
  globalThis.addEventListener(kind, (event) => {
    if (!started) return;
    event.preventDefault();
    log.failed('process.failed', 'reason' in event ? event.reason : (event as ErrorEvent).error);
  });

try {
  await main();
  started = true;
} catch (error) {
  refuseToStart(error);
}
