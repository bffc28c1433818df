import { expect } from '@open-wc/testing';
import { checkConnection } from '../../../components/check/connection-check.ts';

const { fetch } = globalThis;
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:65111';

describe('connection check', () => {
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  it('V19 a TURN server that the browser does not take is no way through, and the check goes on', async () => {
    // Without credentials no connection can be made at all.
    const ice = [{ urls: 'turn:127.0.0.1:9?transport=tcp' }];
    globalThis.fetch = async (address) =>
      String(address).endsWith('/api/ice') ? Response.json({ ice }) : new Response(null, { status: 404 });
    const found = await checkConnection(NOWHERE, () => {}, new AbortController().signal);
    expect([found.turnUdp, found.turnTcp, found.turnTls]).to.deep.equal([undefined, null, undefined]);
  });
});
