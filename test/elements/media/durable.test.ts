import { expect } from '@open-wc/testing';
import { type Durable, DurableError, openDurable } from '../../../components/store/durable.ts';

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('it was not refused'),
    (error) => error,
  );
}

describe('durable storage', () => {
  let pairs: Durable;
  beforeEach(async () => {
    pairs = openDurable('test-durable');
    await pairs.clear();
  });

  it('M2 keeps values for the next visit', async () => {
    await pairs.set('draft', { text: 'Hello' });
    expect(await openDurable('test-durable').get('draft')).to.deep.equal({ text: 'Hello' });
    expect(await openDurable('test-durable-2').get('draft')).to.equal(undefined);
  });

  it('M2 gives the pairs of a prefix, and no others, in key order', async () => {
    await pairs.setMany([
      ['b/2', 2],
      ['a/1', 0],
      ['b/1', 1],
      ['b0', 3],
    ]);
    expect(await pairs.entries('b/')).to.deep.equal([
      ['b/1', 1],
      ['b/2', 2],
    ]);
  });

  it('M2 counts right when two pages update one value at once', async () => {
    const other = openDurable('test-durable');
    const more = (count: number | undefined) => (count ?? 0) + 1;
    await Promise.all([pairs, other, pairs, other].map((one) => one.update('count', more)));
    expect(await pairs.get('count')).to.equal(4);
  });

  it('M2 removes one, several, and all of a prefix', async () => {
    const names = ['a', 'b', 'c', 'd/1', 'd/2', 'e'];
    await pairs.setMany(names.map((name) => [name, true]));
    await pairs.del('a');
    await pairs.delMany(['b', 'c']);
    await pairs.delPrefix('d/');
    expect(await pairs.entries('')).to.deep.equal([['e', true]]);
  });

  it('M2 stores nothing of a group that cannot be stored whole', async () => {
    const error = await refusal(
      pairs.setMany([
        ['fits', 1],
        ['does not', () => 1],
      ]),
    );
    expect((error as Error).name).to.equal('DataCloneError');
    expect(await pairs.entries('')).to.deep.equal([]);
  });

  describe('in a browser that refuses', () => {
    const { open } = IDBFactory.prototype;
    const { put } = IDBObjectStore.prototype;
    afterEach(() => {
      IDBFactory.prototype.open = open;
      IDBObjectStore.prototype.put = put;
    });

    it('M2 says that storage is blocked', async () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('blocked', 'SecurityError');
      };
      const error = await refusal(openDurable('test-blocked').get('draft'));
      expect(error).to.be.instanceOf(DurableError);
      expect((error as DurableError).code).to.equal('durable.unavailable');
      expect((error as DurableError).message).to.match(/^Cannot store data in this browser: /);
    });

    it('R4 says that the disk is full', async () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      const error = await refusal(pairs.set('recording/1', new Blob(['film'])));
      expect((error as DurableError).code).to.equal('durable.full');
    });
  });
});
