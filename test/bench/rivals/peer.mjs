import { PeerServer } from 'peer';

/** The broker of PeerJS as its package has it; only its limit on peers at once is raised. */
PeerServer({ host: '127.0.0.1', port: 0, path: '/', concurrent_limit: 100_000 }, (server) =>
  console.log(server.address().port),
);
