import { openKv } from '../../server/store/kv.ts';
import { KvServer, useKvToken } from '../support/kv-server.ts';
import { processesContract } from './processes-contract.ts';
import { storeContract } from './store-contract.ts';
import { storeUnderTest } from './store-under-test.ts';

useKvToken();

storeContract('kv over http', 'instances', async () => {
  const server = new KvServer();
  return await storeUnderTest(
    () => openKv(server.address, { onSubscriberFailure: () => {} }),
    () => server[Symbol.asyncDispose](),
  );
});

processesContract('kv over http', () => {
  const server = new KvServer();
  return { address: `kv:${server.address}`, server };
});
