import assert from 'node:assert/strict';
import { busContract } from './bus-contract.ts';
import { documentContract } from './document-contract.ts';
import { instancesContract } from './instances-contract.ts';
import { lifetimeContract } from './lifetime-contract.ts';
import { logContract } from './log-contract.ts';
import { modelContract } from './model-contract.ts';
import { sharedContract } from './shared-contract.ts';
import type { ContractTest, OpenStore } from './store-under-test.ts';

/** Who can rely on the store. */
export type Reach =
  /** One process while it lasts. */
  | 'memory'
  /** Also the process after it, and another one on the same data. */
  | 'data'
  /** Also instances that talk to each other. */
  | 'instances';

const WITHOUT_REOPENING = [documentContract, busContract];
const LASTING = [...WITHOUT_REOPENING, logContract, lifetimeContract, modelContract, sharedContract];
const CONTRACTS: Readonly<Record<Reach, readonly ((test: ContractTest) => void)[]>> = {
  memory: WITHOUT_REOPENING,
  data: LASTING,
  instances: [...LASTING, instancesContract],
};

/**
 * Registers the tests every adapter of `server/store/port.ts` has to pass; `open` gives an empty store each
 * time.
 */
export function storeContract(name: string, reach: Reach, open: OpenStore): void {
  for (const contract of CONTRACTS[reach]) {
    contract((title, body) => {
      Deno.test(`${title} [${name}]`, async () => {
        await using subject = await open();
        await body(subject);
      });
    });
  }

  Deno.test(`S6 other data has another epoch [${name}]`, async () => {
    await using one = await open();
    await using two = await open();
    assert.notEqual(one.store.epoch, two.store.epoch);
  });
}
