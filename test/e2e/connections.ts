/// <reference lib="dom" />
import type { BrowserContext, Page } from 'playwright-core';

/** What the pages of a context keep for us. */
interface Watched {
  readonly connections: RTCPeerConnection[];
  frozen: number;
}

/**
 * Keeps every connection that pages of `context` make from now on.
 * @param routers ports of this computer that stand before a relay: each connection finds its way through one of those alone, as
 * behind a strict firewall. Default: any way.
 */
export const watchConnections = (
  context: BrowserContext,
  routers: readonly number[] = [],
): Promise<unknown> =>
  context.addInitScript((routers) => {
    const connections: RTCPeerConnection[] = [];
    Object.assign(globalThis, { connections });
    const Native = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Native {
      constructor(configuration: RTCConfiguration = {}) {
        const through = (url: string) => routers.map((port) => url.replace(/(127.0.0.1):\d+$/, `$1:${port}`));
        const iceServers = configuration.iceServers?.map((server) => ({
          ...server,
          urls: [...new Set([server.urls].flat().flatMap(through))],
        }));
        super(
          routers.length === 0
            ? configuration
            : { ...configuration, iceTransportPolicy: 'relay', ...(iceServers ? { iceServers } : {}) },
        );
        connections.push(this);
      }
    };
  }, routers);

/** How many connections this page has made: a call that changes its shape makes no other. */
export const connectionsMade = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Watched).connections.length);

/** How many connections of this page carry a call now. */
export const connectionsUp = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      (globalThis as unknown as Watched).connections.filter(
        ({ connectionState }) => connectionState === 'connected',
      ).length,
  );

/** Names the way that the call of this page is on: another one has other credentials. */
export const wayOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const { connections } = globalThis as unknown as Watched;
    const inUse = connections.findLast(({ connectionState }) => connectionState === 'connected');
    return /a=ice-ufrag:(\S+)/.exec(inUse?.localDescription?.sdp ?? '')?.[1];
  });

/** Counts from now on the whole seconds in which the page decodes no picture; gives the count when asked. */
export async function countFrozen(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const watched = globalThis as unknown as Watched;
    watched.frozen = 0;
    let [before, still] = [0, 0];
    setInterval(async () => {
      let decoded = 0;
      for (const connection of watched.connections)
        for (const stat of (await connection.getStats()).values())
          if (stat.type === 'inbound-rtp') decoded += stat.framesDecoded ?? 0;
      still = decoded > before ? 0 : still + 1;
      before = decoded;
      if (still > 0 && still % 4 === 0) watched.frozen += 1;
    }, 250);
  });
  return () => page.evaluate(() => (globalThis as unknown as Watched).frozen);
}

/** Kilobits a second that the page sends in pictures and voices, over the next seconds. */
export function sendingRate(page: Page, seconds: number): Promise<number> {
  return page.evaluate(async (seconds) => {
    const { connections } = globalThis as unknown as Watched;
    const sent = async () => {
      let bytes = 0;
      for (const connection of connections)
        for (const stat of (await connection.getStats()).values())
          if (stat.type === 'outbound-rtp') bytes += stat.bytesSent;
      return { bytes, at: performance.now() };
    };
    const before = await sent();
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const after = await sent();
    return ((after.bytes - before.bytes) * 8) / (after.at - before.at);
  }, seconds);
}
