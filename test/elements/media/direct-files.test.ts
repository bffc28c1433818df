import { expect } from '@open-wc/testing';
import { DirectFiles } from '../../../components/media/direct-files.ts';
import type {
  DirectFile,
  DirectListener,
  FileOffer,
  ReceivedFile,
} from '../../../components/store/call-factory.ts';
import { happens } from './wait-for.ts';
import { wire } from './wire.ts';

const ended: (() => void)[] = [];

interface Channels {
  readonly near: RTCDataChannel;
  readonly far: RTCDataChannel;
  cut(): void;
}

/** A channel for files between two connections of this page, open at both ends. */
async function channels(): Promise<Channels> {
  const { near, far, cut } = await wire();
  ended.push(cut);
  const [one, other] = [near, far].map((connection) =>
    connection.createDataChannel('files', { negotiated: true, id: 1001 }),
  ) as [RTCDataChannel, RTCDataChannel];
  await Promise.all([one, other].map((channel) => channel.readyState === 'open' || happens(channel, 'open')));
  return { near: one, far: other, cut };
}

/** A file goes on at the beginning of a part. */
const PART = 1024 * 1024;
const BYTES = 3_000_001;
function noise(size = BYTES): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at++) bytes[at] = (at * 31 + (at >> 8)) & 255;
  return bytes;
}

function outgoing(change: Partial<DirectFile> = {}): DirectFile {
  return {
    id: 'f1',
    mime: 'application/pdf',
    file: new File([noise()], 'plan.pdf', { type: 'application/pdf' }),
    onProgress() {},
    signal: new AbortController().signal,
    ...change,
  };
}

type Heard = Pick<DirectListener, 'takesFile' | 'onFileProgress' | 'onFileGone' | 'onFile'>;

/** A sender and a receiver that notes what it is told. */
function sides(change: Partial<Heard> = {}) {
  const got: ReceivedFile[] = [];
  const gone: string[] = [];
  const progress: [FileOffer, number][] = [];
  const idle: Heard = { takesFile: () => false, onFileProgress() {}, onFileGone() {}, async onFile() {} };
  const receiver = new DirectFiles({
    takesFile: () => true,
    onFileProgress: (offer, bytes) => progress.push([offer, bytes]),
    onFileGone: (id) => gone.push(id),
    onFile: async (file) => void got.push(file),
    ...change,
  });
  return { sender: new DirectFiles(idle), receiver, got, gone, progress };
}

function connect(
  { sender, receiver }: { sender: DirectFiles; receiver: DirectFiles },
  { near, far }: Channels,
) {
  sender.attach(near);
  receiver.attach(far);
  for (const side of [sender, receiver]) side.begin();
}

const sameBytes = async (file: Blob, bytes: Uint8Array) => {
  const got = new Uint8Array(await file.arrayBuffer());
  return got.length === bytes.length && got.every((byte, at) => byte === bytes[at]);
};

const outcome = (sending: Promise<void>): Promise<string> =>
  sending.then(
    () => 'arrived',
    ({ message }: Error) => message,
  );

const rises = (numbers: readonly number[]) => numbers.every((one, at) => one >= (numbers[at - 1] ?? 0));

/** What a side says in words, `type` by `type`. */
function wordsOf(channel: RTCDataChannel): { type: string; from?: number }[] {
  const words: { type: string; from?: number }[] = [];
  channel.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') words.push(JSON.parse(data));
  });
  return words;
}

describe('direct files', () => {
  afterEach(() => {
    for (const end of ended.splice(0)) end();
  });

  it('M4 a file arrives whole, with its name and progress at both sides, and so does the next one', async () => {
    const both = sides();
    connect(both, await channels());
    const sent: number[] = [];
    const second = new File(['short'], 'short.txt', { type: 'text/plain' });
    await Promise.all([
      both.sender.send(outgoing({ onProgress: (bytes) => sent.push(bytes) })),
      both.sender.send(outgoing({ id: 'f2', mime: 'text/plain', file: second })),
    ]);
    expect(both.got.map(({ id, file }) => [id, file.name, file.type, file.size])).to.deep.equal([
      ['f1', 'plan.pdf', 'application/pdf', BYTES],
      ['f2', 'short.txt', 'text/plain', 5],
    ]);
    expect(await sameBytes((both.got[0] as ReceivedFile).file, noise())).to.equal(true);
    const received = both.progress.filter(([{ id }]) => id === 'f1').map(([, bytes]) => bytes);
    for (const numbers of [sent, received]) {
      expect(rises(numbers)).to.equal(true);
      expect(numbers.length).to.be.greaterThan(5);
    }
    expect(sent.at(-1)).to.equal(BYTES);
    expect(both.gone).to.deep.equal([]);
  });

  it('M4 goes on with the part the receiver is at when the call has a new connection', async () => {
    const first = await channels();
    const both = sides({ onFileProgress: (_, bytes) => bytes > PART && first.cut() });
    connect(both, first);
    // So much that the connection breaks long before the end of it, however much is under way.
    const bytes = noise(12 * PART);
    const sending = both.sender.send(outgoing({ file: new File([bytes], 'plan.pdf') }));
    await happens(first.near, 'close');
    const second = await channels();
    const words = wordsOf(second.near);
    connect(both, second);
    await sending;
    const wants = words.filter(({ type }) => type === 'want').map(({ from }) => from);
    expect(wants).to.have.length(1);
    // What was under way when the connection broke may have come in as well.
    expect(wants[0]).to.be.greaterThan(0);
    expect(Number(wants[0]) % PART).to.equal(0);
    expect(await sameBytes((both.got[0] as ReceivedFile).file, bytes)).to.equal(true);
  });

  it('M4 a call that is taken up again by a page that knows nothing begins the file anew', async () => {
    const first = await channels();
    const both = sides({ onFileProgress: (_, bytes) => bytes > PART && first.cut() });
    connect(both, first);
    const sending = both.sender.send(outgoing());
    await happens(first.near, 'close');
    const next = sides();
    connect({ sender: both.sender, receiver: next.receiver }, await channels());
    await sending;
    expect(await sameBytes((next.got[0] as ReceivedFile).file, noise())).to.equal(true);
  });

  it('M4 refuses bytes that are not what was promised, in any part', async () => {
    const both = sides();
    const { near, far, cut } = await channels();
    let chunks = 0;
    const send = near.send.bind(near) as (data: string | Uint8Array<ArrayBuffer>) => void;
    near.send = ((data: string | Uint8Array<ArrayBuffer>) => {
      if (typeof data !== 'string' && ++chunks === 40)
        data = data.map((byte, at) => (at === 9 ? ~byte : byte));
      send(data);
    }) as typeof near.send;
    connect(both, { near, far, cut });
    expect(await outcome(both.sender.send(outgoing()))).to.equal('refused');
    expect(both.got).to.deep.equal([]);
    expect(both.gone).to.deep.equal(['f1']);
  });

  it('M4 a side that does not take such a file says so before a byte has come', async () => {
    const asked: FileOffer[] = [];
    const both = sides({
      takesFile: (offer) => {
        asked.push(offer);
        return false;
      },
    });
    connect(both, await channels());
    expect(await outcome(both.sender.send(outgoing()))).to.equal('refused');
    expect(asked).to.deep.equal([{ id: 'f1', name: 'plan.pdf', mime: 'application/pdf', size: BYTES }]);
    expect(both.progress).to.deep.equal([]);
  });

  it('M4 whoever sends may take it back, whoever receives may decline it; the next one gets through', async () => {
    const both = sides();
    const all = await channels();
    connect(both, all);
    const back = new AbortController();
    const first = outcome(
      both.sender.send(outgoing({ signal: back.signal, onProgress: () => back.abort() })),
    );
    const second = outcome(
      both.sender.send(outgoing({ id: 'f2', onProgress: () => both.receiver.decline('f2') })),
    );
    await both.sender.send(outgoing({ id: 'f3' }));
    expect([await first, await second]).to.deep.equal(['cancelled', 'declined']);
    expect(both.gone).to.deep.equal(['f1', 'f2']);
    expect(both.got.map(({ id }) => id)).to.deep.equal(['f3']);
    expect(await sameBytes((both.got[0] as ReceivedFile).file, noise())).to.equal(true);
  });

  it('M4 the end of the call ends what is on its way, and nonsense of the other side changes nothing', async () => {
    const both = sides();
    const { near, far } = await channels();
    both.sender.attach(near);
    for (const nonsense of [
      '',
      'null',
      '{"type":"want"}',
      '{"type":"toString","id":"f1"}',
      '{"type":"offer","id":"f1"}',
    ])
      far.send(nonsense);
    far.send(new ArrayBuffer(100));
    const sending = outcome(both.sender.send(outgoing()));
    await happens(far, 'message');
    both.sender.close();
    expect(await sending).to.equal('closed');
    expect(await outcome(both.sender.send(outgoing()))).to.equal('closed');
  });
});
