import { openKv } from '../../server/store/kv.ts';
import { TemporaryDirectory } from '../server/fixtures/temporary-directory.ts';
import { storeContract } from './store-contract.ts';
import { storeUnderTest } from './store-under-test.ts';

const quiet = { onSubscriberFailure: () => {} };

storeContract('kv in memory', 'memory', () => storeUnderTest(() => openKv(':memory:', quiet)));

storeContract('kv on a file', 'data', async () => {
  const directory = await TemporaryDirectory.create();
  const path = directory.file('store.kv');
  return await storeUnderTest(
    () => openKv(path, quiet),
    () => directory[Symbol.asyncDispose](),
  );
});
