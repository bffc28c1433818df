/** `Deno.upgradeWebSocket` and nothing else: reads whom a frame is for, and passes it on as it is. With `unread` not even that: the socket's address says who gets all. */
const unread = Deno.args.includes('unread');
const sockets = new Map<string, WebSocket>();
Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: ({ port }) => console.log(port) }, (request) => {
  const { searchParams } = new URL(request.url);
  const id = searchParams.get('id') ?? '';
  const to = searchParams.get('to') ?? '';
  const { socket, response } = Deno.upgradeWebSocket(request);
  sockets.set(id, socket);
  socket.onmessage = unread
    ? ({ data }) => sockets.get(to)?.send(data)
    : ({ data }) => sockets.get(JSON.parse(data).dst)?.send(data);
  socket.onclose = () => sockets.delete(id);
  return response;
});
