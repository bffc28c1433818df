import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { createTokens } from '../../server/auth/tokens.ts';
import { createBroker } from '../../server/broker/broker.ts';
import type { Address } from './page.ts';

/** Milliseconds until an unanswered offer expires, the same for both brokers. */
const HOLD_FOR = 2_000;

/** A running broker. Only `token` differs in meaning: the reference takes any, ours wants a ticket. */
export interface BrokerUnderTest extends AsyncDisposable {
  readonly address: Address;
  /** A fresh token for `id` to talk to `remote`. */
  token(id: string, remote: string): Promise<string>;
  /** Cuts every socket from the server's side. */
  cut(): Promise<void>;
}

export const brokers: Record<string, () => Promise<BrokerUnderTest>> = {
  'our broker': startOurs,
  'the reference broker': startReference,
};

async function startOurs(): Promise<BrokerUnderTest> {
  const tokens = createTokens('a secret of at least thirty-two characters', Date.now);
  const start = () => createBroker({ verify: tokens.verifyTicket, clock: Date.now, holdFor: HOLD_FOR });
  let broker = start();
  const app = () => new Hono().route('/peerjs', broker.routes);
  let routes = app();
  const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => {} }, (request) =>
    routes.fetch(request),
  );
  return {
    address: { port: server.addr.port, path: '/peerjs/' },
    token: (peer, remote) => tokens.signTicket({ peer, remote, contact: 'c1', expiresIn: 60 }),
    async cut() {
      broker.close();
      broker = start();
      routes = app();
    },
    async [Symbol.asyncDispose]() {
      broker.close();
      await server.shutdown();
    },
  };
}

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
