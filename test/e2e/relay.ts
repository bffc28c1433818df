import type { Config } from '../../server/config/schema.ts';
import { TURN_SECRET, TurnServer } from '../support/turn-server.ts';
import { UdpProxy } from '../support/udp-proxy.ts';

/** A real TURN server, and the routers that the two sides are behind. */
export interface Relay {
  readonly coturn: TurnServer;
  readonly routers: { readonly visitor: UdpProxy; readonly agent: UdpProxy };
  /** For the configuration of the server. */
  readonly ice: Config['ice'];
  close(): Promise<void>;
}

export async function startRelay(): Promise<Relay> {
  const coturn = await TurnServer.start();
  const [visitor, agent] = [await UdpProxy.start(coturn.port), await UdpProxy.start(coturn.port)];
  return {
    coturn,
    routers: { visitor, agent },
    ice: {
      servers: [],
      turn: { urls: [`turn:127.0.0.1:${coturn.port}`], secret: TURN_SECRET, lifeSeconds: 600 },
    },
    async close() {
      await Promise.all([visitor, agent].map((router) => router[Symbol.asyncDispose]()));
      await coturn[Symbol.asyncDispose]();
    },
  };
}
