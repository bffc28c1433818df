import type { Config } from '../../server/config/schema.ts';
import { TURN_SECRET, TurnServer } from '../support/turn-server.ts';
import { UdpProxy } from '../support/udp-proxy.ts';

/** A real TURN server, and what lies between it and both browsers. */
export interface Relay {
  readonly coturn: TurnServer;
  readonly router: UdpProxy;
  /** For the configuration of the server. */
  readonly ice: Config['ice'];
  close(): Promise<void>;
}

export async function startRelay(): Promise<Relay> {
  const coturn = await TurnServer.start();
  const router = await UdpProxy.start(coturn.port);
  return {
    coturn,
    router,
    ice: {
      servers: [],
      turn: { urls: [`turn:127.0.0.1:${router.port}`], secret: TURN_SECRET, lifeSeconds: 600 },
    },
    async close() {
      await router[Symbol.asyncDispose]();
      await coturn[Symbol.asyncDispose]();
    },
  };
}
