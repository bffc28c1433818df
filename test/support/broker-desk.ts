import assert from 'node:assert/strict';
import { Hono } from 'hono';
import { createTokens } from '../../server/auth/tokens.ts';
import { type Broker, type BrokerOptions, createBroker } from '../../server/broker/broker.ts';
import { withHandshakes } from '../../server/handshake.ts';
import { ManualTimers } from './manual-timers.ts';
import { Wire } from './wire.ts';

/** The code of an ERROR frame. */
export const codeOf = (frame: unknown): string => (frame as { payload: { code: string } }).payload.code;

/** What answers everything at `/peerjs`. */
export const serving = ({ handshake, routes }: Broker) =>
  withHandshakes({ at: { '/peerjs/peerjs': handshake }, rest: new Hono().route('/peerjs', routes).fetch });

/** Starts a broker for one test, and checks at the end that it let go of everything. */
export async function withBroker(
  options: Partial<BrokerOptions>,
  run: (desk: BrokerDesk) => Promise<void>,
): Promise<void> {
  const desk = new BrokerDesk(options);
  try {
    await run(desk);
  } finally {
    await desk.stop();
  }
}

/** A broker behind a real server on a free port, with time that the test moves. */
export class BrokerDesk {
  readonly time = new ManualTimers();
  readonly tokens = createTokens('a secret of at least thirty-two characters', this.time.clock);
  readonly reports: unknown[] = [];
  readonly broker;
  readonly port: number;
  readonly #server;
  readonly #wires: Wire[] = [];

  constructor(options: Partial<BrokerOptions>) {
    this.broker = createBroker({
      verify: this.tokens.verifyTicket,
      clock: this.time.clock,
      timers: this.time,
      report: (error) => this.reports.push(error),
      ...options,
    });
    this.#server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => {} }, serving(this.broker));
    this.port = this.#server.addr.port;
  }

  ticket(peer: string, remote: string, contact = 'c1'): Promise<string> {
    return this.tokens.signTicket({ peer, remote, contact, expiresIn: 60 });
  }

  dial(query: string): Wire {
    const wire = new Wire(`ws://127.0.0.1:${this.port}/peerjs/peerjs?key=peerjs&version=1.5.5&${query}`);
    this.#wires.push(wire);
    return wire;
  }

  async join(peer: string, remote: string, contact?: string): Promise<Wire> {
    const wire = this.dial(`id=${peer}&token=${await this.ticket(peer, remote, contact)}`);
    assert.deepEqual(await wire.next(), { type: 'OPEN' });
    return wire;
  }

  /** Resolves when the broker has read all that `wire` sent, and proves that nothing else was answered. */
  async settle(wire: Wire): Promise<void> {
    wire.send('garbage');
    assert.equal(codeOf(await wire.next()), 'frame.malformed');
  }

  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}/peerjs${path}`, init);
  }

  async stop(): Promise<void> {
    this.broker.close();
    await Promise.all(this.#wires.map((wire) => wire.close()));
    await this.#server.shutdown();
    assert.equal(this.time.pending, 0, 'a timer is left');
  }
}
