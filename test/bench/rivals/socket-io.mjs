import { createServer } from 'node:http';
import { Server } from 'socket.io';

/** socket.io over WebSockets alone: passes `signal` on to the socket named in it. */
const server = createServer();
const io = new Server(server, { transports: ['websocket'] });
const sockets = new Map();
io.on('connection', (socket) => {
  const { id } = socket.handshake.query;
  sockets.set(id, socket);
  socket.on('signal', (message) => sockets.get(message.dst)?.emit('signal', message));
  socket.on('disconnect', () => sockets.delete(id));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
