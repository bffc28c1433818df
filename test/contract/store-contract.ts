import { busContract } from './bus-contract.ts';
import { documentContract } from './document-contract.ts';
import { lifetimeContract } from './lifetime-contract.ts';
import { logContract } from './log-contract.ts';
import { modelContract } from './model-contract.ts';
import type { OpenStore } from './store-under-test.ts';

/**
 * Registers the tests every adapter of `server/store/port.ts` has to pass; `open` gives an empty store each
 * time.
 */
export function storeContract(name: string, open: OpenStore): void {
  for (const contract of [documentContract, logContract, busContract, lifetimeContract, modelContract]) {
    contract((title, body) => {
      Deno.test(`${title} [${name}]`, async () => {
        await using subject = await open();
        await body(subject);
      });
    });
  }
}
