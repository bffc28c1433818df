/** `Deno.upgradeWebSocket` and nothing else: passes text on to the socket that `to` names, unread. */
const sockets = new Map<string, WebSocket>();
Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: ({ port }) => console.log(port) }, (request) => {
  const { searchParams } = new URL(request.url);
  const id = searchParams.get('id') ?? '';
  const to = searchParams.get('to') ?? '';
  const { socket, response } = Deno.upgradeWebSocket(request);
  sockets.set(id, socket);
  socket.onmessage = ({ data }) => sockets.get(to)?.send(data);
  socket.onclose = () => sockets.delete(id);
  return response;
});
