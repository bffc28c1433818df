import { WebSocketServer } from 'ws';

/** `ws` on Node and nothing else: passes text on to the socket that `to` names, unread. */
const sockets = new Map();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => console.log(server.address().port));
server.on('connection', (socket, request) => {
  const { searchParams } = new URL(request.url, 'http://127.0.0.1');
  const [id, to] = [searchParams.get('id'), searchParams.get('to')];
  sockets.set(id, socket);
  socket.on('message', (data, isBinary) => sockets.get(to)?.send(data, { binary: isBinary }));
  socket.on('close', () => sockets.delete(id));
});
