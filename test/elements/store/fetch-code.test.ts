import { expect } from '@open-wc/testing';
import { fetchCode } from '../../../components/store/fetch-code.ts';

/** An address that answers only after so many requests in vain. */
const flaky = (failures: number) => `/flaky/${failures}/${crypto.randomUUID()}.js`;
const failed = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it came'),
    (error: Error) => error,
  );

describe('fetchCode', () => {
  it('V16 what failed once comes, also where the browser remembers that it failed', async () => {
    const address = flaky(1);
    expect(await fetchCode(() => import(address))).to.have.property('isHere', true);
    expect(await fetchCode(() => import(address))).to.have.property('isHere', true);
  });

  it('V16 what does not come now is said, and comes when it is asked for again', async () => {
    const address = flaky(2);
    const load = () => import(address);
    expect((await failed(fetchCode(load))).message).to.contain(address);
    expect(await fetchCode(load)).to.have.property('isHere', true);
  });

  it('V16 whoever asks at the same time has the same code', async () => {
    const address = flaky(2);
    const [one, other] = await Promise.all(
      [1, 2].map(() => fetchCode(() => import(address)).catch(() => null)),
    );
    const [again, besides] = await Promise.all([1, 2].map(() => fetchCode(() => import(address))));
    expect(again).to.equal(besides);
    expect([one, other].filter((came) => came !== null && came !== again)).to.eql([]);
  });

  it('V16 what the code throws is no matter of the network', async () => {
    const thrown = new Error('thrown');
    expect(await failed(fetchCode(() => Promise.reject(thrown)))).to.equal(thrown);
  });
});
