import { KvServer, useKvToken } from '../support/kv-server.ts';
import type { Bed } from './bed.ts';
import type { Fault } from './faults.ts';

/** Deno KV: a file for one instance, a server over HTTP for several. */
export function kvBed(instances: number): Promise<Bed> {
  return instances === 1 ? fileBed() : serverBed();
}

async function fileBed(): Promise<Bed> {
  const directory = await Deno.makeTempDir({ prefix: 'vicino-chaos-' });
  return {
    address: `kv:${directory}/vicino.kv`,
    faults: [],
    missing: [],
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}

function serverBed(): Promise<Bed> {
  useKvToken();
  const server = new KvServer();
  return Promise.resolve({
    address: `kv:${server.address}`,
    env: { DENO_KV_ACCESS_TOKEN: Deno.env.get('DENO_KV_ACCESS_TOKEN') ?? '' },
    faults: [lostAnswers(server)],
    missing: [],
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  });
}

/** Writes are done, and whoever asked for them is told of a failure. */
function lostAnswers(server: KvServer): Fault {
  return {
    kind: 'lost answers of the store',
    weight: 3,
    run({ random }) {
      const count = Math.ceil(random.between(0, 5));
      server.lostAnswers += count;
      return Promise.resolve(`${count}`);
    },
  };
}
