import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { createSha256 } from '../../../components/session/sha256.ts';

async function expected(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

describe('sha256', () => {
  it('R5 gives what the browser gives, however the bytes come', async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pieces, async (pieces) => {
        const hash = createSha256();
        for (const piece of pieces) hash.update(piece);
        const whole = new Uint8Array(
          await new Blob(pieces.map((piece) => new Uint8Array(piece))).arrayBuffer(),
        );
        expect(hash.digest()).to.equal(await expected(whole));
      }),
    );
  });

  it('R5 gives the same at every length around the end of a block', async () => {
    for (let length = 0; length <= 130; length++) {
      const hash = createSha256();
      hash.update(new Uint8Array(length));
      expect(hash.digest(), `${length} bytes`).to.equal(await expected(new Uint8Array(length)));
    }
  });
});
