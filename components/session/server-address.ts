import type { Broker } from '../store/call-factory.ts';

/** The signalling address of the server at `origin`. */
export function socketAt(origin: string): string {
  const url = new URL('/ws', origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** The broker of the server at `origin`. */
export function brokerAt(origin: string): Broker {
  const { hostname, port, protocol } = new URL(origin);
  const secure = protocol === 'https:';
  return { host: hostname, port: port ? Number(port) : secure ? 443 : 80, path: '/peerjs', secure };
}
