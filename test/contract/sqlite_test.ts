import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { TemporaryDirectory } from '../server/fixtures/temporary-directory.ts';
import { storeContract } from './store-contract.ts';
import { storeUnderTest } from './store-under-test.ts';

storeContract('sqlite', 'data', async () => {
  const directory = await TemporaryDirectory.create();
  const path = directory.file('store.sqlite');
  return await storeUnderTest(
    () => openSqlite(path, { onSubscriberFailure: () => {} }),
    () => directory[Symbol.asyncDispose](),
  );
});
