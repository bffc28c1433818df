import { fileURLToPath } from 'node:url';
import { createTokens } from '../../server/auth/tokens.ts';
import { createBroker } from '../../server/broker/broker.ts';
import { systemTimers } from '../../server/broker/timers.ts';
import { Cluster } from '../../server/cluster/cluster.ts';
import { randomId } from '../../server/ids.ts';
import { createLog } from '../../server/log.ts';
import { serving } from '../support/broker-desk.ts';
import { SHARED } from '../support/instances.ts';
import type { Address } from './page.ts';

/** Milliseconds until an unanswered offer expires, the same for both brokers. */
const HOLD_FOR = 2_000;

/** A running broker. Only `token` differs in meaning: the reference takes any, ours wants a ticket. */
export interface BrokerUnderTest extends AsyncDisposable {
  /** Of several instances, another one each time. */
  readonly address: Address;
  /** A fresh token for `id` to talk to `remote`. */
  token(id: string, remote: string): Promise<string>;
  /** Cuts every socket from the server's side. */
  cut(): Promise<void>;
}

export const brokers: Record<string, () => Promise<BrokerUnderTest>> = {
  'our broker': startOurs,
  'our broker on two instances': startTwo,
  'the reference broker': startReference,
};

async function startOurs(): Promise<BrokerUnderTest> {
  const tokens = createTokens('a secret of at least thirty-two characters', Date.now);
  const start = () => createBroker({ verify: tokens.verifyTicket, clock: Date.now, holdFor: HOLD_FOR });
  let broker = start();
  let serve = serving(broker);
  const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => {} }, (request, info) =>
    serve(request, info),
  );
  return {
    address: { port: server.addr.port, path: '/peerjs/' },
    token: (peer, remote) => tokens.signTicket({ peer, remote, contact: 'c1', expiresIn: 60 }),
    async cut() {
      broker.close();
      broker = start();
      serve = serving(broker);
    },
    async [Symbol.asyncDispose]() {
      broker.close();
      await server.shutdown();
    },
  };
}

/** Whoever comes, comes to the other one. */
async function startTwo(): Promise<BrokerUnderTest> {
  const tokens = createTokens('a secret of at least thirty-two characters', Date.now);
  const data = await (SHARED.memory ?? fail)();
  const store = await data.open();
  const log = createLog(() => {}, Date.now);
  const instances = await Promise.all(
    [1, 2].map(async () => {
      const cluster = new Cluster({ store, clock: Date.now, timers: systemTimers, ids: randomId, log });
      const broker = createBroker({
        verify: tokens.verifyTicket,
        clock: Date.now,
        holdFor: HOLD_FOR,
        cluster,
      });
      await cluster.start({
        told: broker.told,
        left: broker.left,
        buried: broker.buried,
        asked: (by) =>
          cluster.tell({
            type: 'snapshot',
            to: by,
            isFirst: true,
            isLast: true,
            windows: [],
            peers: broker.here(),
          }),
        changed() {},
        completed() {},
      });
      const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => {} }, serving(broker));
      return { cluster, broker, server };
    }),
  );
  let turn = 0;
  return {
    get address() {
      const instance = instances[turn++ % instances.length];
      return { port: instance?.server.addr.port ?? 0, path: '/peerjs/' };
    },
    token: (peer, remote) => tokens.signTicket({ peer, remote, contact: 'c1', expiresIn: 60 }),
    cut: () => Promise.resolve(instances.forEach(({ broker }) => void broker.buried())),
    async [Symbol.asyncDispose]() {
      for (const { broker, cluster, server } of instances) {
        broker.close();
        await cluster.close();
        await server.shutdown();
      }
      await data[Symbol.asyncDispose]();
    },
  };
}

const fail = (): never => {
  throw new Error('Cannot share the data: there is none in memory');
};

async function startReference(): Promise<BrokerUnderTest> {
  const script = fileURLToPath(import.meta.resolve('./stock-broker.mjs'));
  const child = new Deno.Command('node', {
    args: [script, String(HOLD_FOR)],
    stdin: 'piped',
    stdout: 'piped',
  }).spawn();
  const commands = child.stdin.getWriter();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value: port } = await output.read();
  return {
    address: { port: Number(port), path: '/peerjs/' },
    token: async () => crypto.randomUUID(),
    cut: () => commands.write(new TextEncoder().encode('cut\n')),
    async [Symbol.asyncDispose]() {
      await commands.close();
      await output.cancel();
      await child.status;
    },
  };
}
