import { openSqlite } from '../../server/store/sqlite.ts';
import { TemporaryDirectory } from '../server/fixtures/temporary-directory.ts';
import { storeContract } from './store-contract.ts';

storeContract('sqlite', async () => {
  const directory = await TemporaryDirectory.create();
  const open = () => openSqlite(directory.file('store.sqlite'), { onSubscriberFailure: () => {} });
  let store = await open();
  return {
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      await directory[Symbol.asyncDispose]();
    },
  };
});
