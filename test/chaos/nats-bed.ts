import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { type NatsNode, NatsServers } from '../support/nats-server.ts';
import type { Bed } from './bed.ts';
import type { Fault } from './faults.ts';
import { pause } from './pause.ts';

const NAME = 'vicino';
const STREAMS = [`${NAME}-log`, `KV_${NAME}`] as const;

/** How often a node is tried to be started. */
const STARTS = 60;

/** JetStream on three nodes, everything on all of them. */
export async function natsBed(): Promise<Bed> {
  const servers = await NatsServers.start(3);
  return {
    address: servers.address(NAME, '?replicas=3'),
    faults: [leaderKilled(servers)],
    missing: [],
    [Symbol.asyncDispose]: () => servers[Symbol.asyncDispose](),
  };
}

/** The node that leads one of our streams dies as in a power cut, and comes back. Never two at once: most must live. */
function leaderKilled(servers: NatsServers): Fault {
  let down = false;
  return {
    kind: 'NATS leader killed',
    weight: 3,
    async run({ random }) {
      if (down) return 'another node was down';
      down = true;
      try {
        const stream = random.pick(STREAMS);
        const leader = await leaderOf(servers, stream);
        const node = servers.nodes.find(({ name }) => name === leader);
        if (!node) return `${stream} has no leader`;
        await node.kill();
        await pause(random.between(1_000, 8_000));
        await startAgain(node);
        // It has to catch up before another may go.
        await pause(3_000);
        return `${leader} of ${stream}`;
      } finally {
        down = false;
      }
    },
  };
}

/** A connection may have been given the port meanwhile, and keep it for a while. */
async function startAgain(node: NatsNode): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await node.start();
    } catch (error) {
      if (tries === STARTS) throw error;
      await pause(1_000);
    }
  }
}

async function leaderOf({ nodes }: NatsServers, stream: string): Promise<string> {
  const connection = await connect({ servers: nodes.map(({ port }) => `127.0.0.1:${port}`) });
  try {
    const { cluster } = await (await jetstreamManager(connection)).streams.info(stream);
    return cluster?.leader ?? '';
  } finally {
    await connection.close();
  }
}
