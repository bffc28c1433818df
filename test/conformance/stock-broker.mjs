// The reference broker in a process of its own. Says its port on stdout, cuts every socket at each line on stdin.
import { createInterface } from 'node:readline';
import { PeerServer } from 'peer';

const holdFor = Number(process.argv[2]);
const clients = new Set();

const broker = PeerServer(
  { host: '127.0.0.1', port: 0, path: '/peerjs', expire_timeout: holdFor, cleanup_out_msgs: 100 },
  (server) => console.log(server.address().port),
);
broker.on('connection', (client) => clients.add(client));
broker.on('disconnect', (client) => clients.delete(client));

createInterface({ input: process.stdin })
  .on('line', () => {
    for (const client of clients) client.getSocket()?.terminate();
  })
  .on('close', () => process.exit());
