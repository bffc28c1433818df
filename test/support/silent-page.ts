import assert from 'node:assert/strict';
import { SUBPROTOCOL } from '../../core/protocol/limits.ts';

/** Says hello and from then on reads nothing: not what is sent to it, not the pings, not the goodbye. */
export async function silentPage(server: { readonly url: string }, hello: object): Promise<Deno.TcpConn> {
  const { hostname, port } = new URL(server.url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const request = [
    `GET /ws HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${btoa('0123456789abcdef')}`,
    `Sec-WebSocket-Protocol: ${SUBPROTOCOL}`,
    '',
    '',
  ].join('\r\n');
  await connection.write(new TextEncoder().encode(request));
  const answer = new Uint8Array(4_096);
  await connection.read(answer);
  assert.match(new TextDecoder().decode(answer), /^HTTP\/1\.1 101/);
  await connection.write(frameOf(JSON.stringify(hello)));
  await connection.read(answer);
  return connection;
}

/** One text frame of a client, masked with zeros (RFC 6455, 5.2). */
function frameOf(text: string): Uint8Array {
  const payload = new TextEncoder().encode(text);
  const head = [0x81, 0x80 | 126, payload.length >> 8, payload.length & 255, 0, 0, 0, 0];
  return Uint8Array.from([...head, ...payload]);
}
