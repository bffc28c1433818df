/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** A call as the browser alone makes it, to compare with. */

/** Milliseconds until a picture counts as one that never comes. */
const LONGEST = 30_000;

/**
 * Milliseconds since the epoch of the first frame of the remote video that is on this page next. Rejects when none comes.
 * @param since milliseconds since the epoch: what the other side's camera took before does not count, however late it comes.
 */
export const firstFrame = (page: Page, selector: string, since = 0): Promise<number> =>
  page.evaluate(
    ({ selector, since, longest }) =>
      new Promise<number>((resolve, reject) => {
        setTimeout(() => reject(new Error(`Cannot measure: no picture came in ${longest} ms`)), longest);
        const find = (root: Document | ShadowRoot): HTMLVideoElement | null => {
          const here = root.querySelector<HTMLVideoElement>(selector);
          if (here) return here;
          for (const element of root.querySelectorAll('*')) {
            const inside = element.shadowRoot && find(element.shadowRoot);
            if (inside) return inside;
          }
          return null;
        };
        const look = () => {
          const video = find(document);
          if (!video) return void requestAnimationFrame(look);
          const frame: VideoFrameRequestCallback = (
            now,
            { receiveTime = now, captureTime = receiveTime },
          ) => {
            const isNew = performance.timeOrigin + captureTime >= since;
            if (video.videoWidth > 16 && isNew) resolve(performance.timeOrigin + performance.now());
            else video.requestVideoFrameCallback(frame);
          };
          video.requestVideoFrameCallback(frame);
        };
        look();
      }),
    { selector, since, longest: LONGEST },
  );

/** What the bare page does when asked. */
export interface BarePage {
  /** @param camera whether the call begins with a picture. */
  prepareCaller(room: string, camera?: boolean): Promise<void>;
  prepareAnswerer(room: string, camera?: boolean): Promise<void>;
  accept(): void;
  turnCamera(on: boolean): Promise<void>;
  hangUp(): void;
}

const barePage = await Deno.readTextFile(new URL('./bare-call.html', import.meta.url));

/** A page and a WebSocket that passes text to the other one in the room, and nothing else. */
export function bareRelay(): { url: string; close(): Promise<void> } {
  const rooms = new Map<string, Set<WebSocket>>();
  const server = Deno.serve({ port: 0, onListen: () => {} }, (request) => {
    if (request.headers.get('upgrade') !== 'websocket')
      return new Response(barePage, { headers: { 'content-type': 'text/html' } });
    const room = new URL(request.url).searchParams.get('room') ?? '';
    const { socket, response } = Deno.upgradeWebSocket(request);
    const members = rooms.get(room) ?? new Set();
    rooms.set(room, members.add(socket));
    socket.onmessage = ({ data }) => {
      for (const member of members) if (member !== socket) member.send(data);
    };
    socket.onclose = () => members.delete(socket);
    return response;
  });
  return { url: `http://localhost:${server.addr.port}`, close: () => server.shutdown() };
}

/** Lets the bare page do something. */
export const bareDo = <T>(page: Page, act: (bare: BarePage) => T): Promise<Awaited<T>> =>
  page.evaluate(`(${act})(globalThis)`) as Promise<Awaited<T>>;
