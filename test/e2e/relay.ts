import type { Config } from '../../server/config/schema.ts';
import { TURN_SECRET, TurnServer } from '../support/turn-server.ts';
import { OUT_OF_REACH, UdpProxy } from '../support/udp-proxy.ts';

/** A real TURN server, and the routers that the two sides are behind. */
export interface Relay {
  readonly coturn: TurnServer;
  readonly routers: { readonly visitor: UdpProxy; readonly agent: UdpProxy };
  /** Another network of the visitor's, out of reach until its weather is fair. */
  readonly mobile: UdpProxy;
  /** For the configuration of the server. */
  readonly ice: Config['ice'];
  close(): Promise<void>;
}

export async function startRelay(): Promise<Relay> {
  const coturn = await TurnServer.start();
  const router = () => UdpProxy.start(coturn.port);
  const [visitor, agent, mobile] = await Promise.all([router(), router(), router()]);
  mobile.weather = OUT_OF_REACH;
  return {
    coturn,
    routers: { visitor, agent },
    mobile,
    ice: {
      servers: [],
      turn: { urls: [`turn:127.0.0.1:${coturn.port}`], secret: TURN_SECRET, lifeSeconds: 600 },
    },
    async close() {
      await Promise.all([visitor, agent, mobile].map((router) => router[Symbol.asyncDispose]()));
      await coturn[Symbol.asyncDispose]();
    },
  };
}
