import { connect, createServer } from 'node:net';

/**
 * Passes every connection on to the next of some ports on this machine, and to the one behind it where nobody listens.
 * @param {readonly number[]} ports
 * @returns {import('node:net').Server} not listening yet
 */
export function roundRobin(ports) {
  let turn = 0;
  return createServer({ allowHalfOpen: true }, (client) => {
    const first = turn++;
    client.on('error', () => client.destroy());
    forward(
      client,
      ports.map((_, n) => /** @type {number} */ (ports[(first + n) % ports.length])),
    );
  });
}

/**
 * @param {import('node:net').Socket} client
 * @param {readonly number[]} ports in the order in which to try them
 */
function forward(client, [port, ...others]) {
  if (port === undefined) {
    client.destroy();
    return;
  }
  const instance = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const failed = () => forward(client, others);
  instance.once('error', failed);
  instance.once('connect', () => {
    instance.off('error', failed);
    instance.on('error', () => client.destroy());
    // Whoever is gone is gone for both.
    client.on('close', () => instance.destroy());
    instance.on('close', () => client.destroy());
    client.pipe(instance).pipe(client);
  });
}
