/** Answers the handshake of a WebSocket; null: it is none, or not a complete one. */
export type Handshake = (request: Request) => Response | null;

type Serve = (request: Request, info?: Deno.ServeHandlerInfo) => Response | Promise<Response>;

export interface Handshakes {
  /** By path. */
  readonly at: Readonly<Record<string, Handshake>>;
  /** Answers all else, and says what is wrong with what should have been a handshake. */
  readonly rest: Serve;
  /** Told of a handshake that was answered. */
  readonly answered?: () => void;
}

/**
 * Lets handshakes be answered before anything else looks at a request. What a response needs, like its headers, an upgraded
 * connection has no use for, and when all come back at once after a restart, each counts.
 */
export function withHandshakes({ at, rest, answered }: Handshakes): Serve {
  const handshakes = new Map(Object.entries(at));
  return (request, info) => {
    const response = handshakes.get(pathOf(request.url))?.(request);
    if (!response) return rest(request, info);
    answered?.();
    return response;
  };
}

/** Whether a request asks for a WebSocket. */
export const asksForSocket = (request: Request): boolean =>
  request.headers.get('upgrade')?.toLowerCase() === 'websocket';

/** Of an absolute address. */
function pathOf(url: string): string {
  const begin = url.indexOf('/', url.indexOf('://') + 3);
  const end = url.indexOf('?', begin);
  return end < 0 ? url.slice(begin) : url.slice(begin, end);
}

/** The parameters of an absolute address. */
export const queryOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '');
