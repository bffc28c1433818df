import { WebSocketServer } from 'ws';

/** `ws` on Node and nothing else: reads whom a frame is for, and passes it on as it is. */
const sockets = new Map();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => console.log(server.address().port));
server.on('connection', (socket, request) => {
  const { searchParams } = new URL(request.url, 'http://127.0.0.1');
  const id = searchParams.get('id');
  sockets.set(id, socket);
  socket.on('message', (data) => {
    const text = data.toString();
    sockets.get(JSON.parse(text).dst)?.send(text);
  });
  socket.on('close', () => sockets.delete(id));
});
