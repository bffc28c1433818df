import { openNats } from '../../server/store/nats/nats.ts';
import { NatsServers } from '../support/nats-server.ts';
import { processesContract } from './processes-contract.ts';
import { storeContract } from './store-contract.ts';
import { storeUnderTest } from './store-under-test.ts';

const servers = await NatsServers.start();
Deno.test.afterAll(() => servers[Symbol.asyncDispose]());

let installations = 0;
const freshAddress = () => servers.address(`test-${++installations}`);

storeContract('nats', 'instances', () => {
  const address = freshAddress();
  return storeUnderTest(() => openNats(address, { onSubscriberFailure: () => {} }));
});

processesContract('nats', () => ({ address: freshAddress() }));
