/// <reference lib="dom" />
import type { BrowserContext, Page } from 'playwright-core';

/** What the pages of a context keep for us. */
interface Watched {
  readonly connections: RTCPeerConnection[];
}

type Stat = Readonly<Record<string, unknown>> & { readonly type: string; readonly kind?: string };

/**
 * Keeps every connection that pages of `context` make from now on.
 * @param relayOnly makes each of them find its way through a relay alone, as behind a strict firewall.
 */
export const watchConnections = (context: BrowserContext, relayOnly: boolean): Promise<unknown> =>
  context.addInitScript((relayOnly) => {
    const connections: RTCPeerConnection[] = [];
    Object.assign(globalThis, { connections });
    const Native = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Native {
      constructor(configuration: RTCConfiguration = {}) {
        super({ ...configuration, ...(relayOnly ? { iceTransportPolicy: 'relay' } : {}) });
        connections.push(this);
      }
    };
  }, relayOnly);

/** How many connections this page has made: a call that changes its shape makes no other. */
export const connectionsMade = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Watched).connections.length);

/** What the browser counts of the connection in use; empty without one. */
export const statsOf = (page: Page): Promise<readonly Stat[]> =>
  page.evaluate(async () => {
    const { connections } = globalThis as unknown as Watched;
    const inUse = connections.findLast(({ connectionState }) => connectionState === 'connected');
    return inUse ? [...(await inUse.getStats()).values()] : [];
  });

/** The first of this type and kind, or nothing. */
export async function statOf(page: Page, type: string, kind?: 'audio' | 'video'): Promise<Stat | undefined> {
  return (await statsOf(page)).find((stat) => stat.type === type && (!kind || stat.kind === kind));
}
