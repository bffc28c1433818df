import { expect } from '@open-wc/testing';
import { DirectFiles, LARGEST_DIRECT } from '../../../components/media/direct-files.ts';
import type { DirectFile, ReceivedFile } from '../../../components/store/call-factory.ts';
import { happens } from './wait-for.ts';

const ended: (() => void)[] = [];

/** A data channel between two connections of this page. */
async function wire(): Promise<{ near: RTCDataChannel; far: RTCDataChannel; cut(): void }> {
  const [one, two] = [new RTCPeerConnection(), new RTCPeerConnection()];
  one.addEventListener('icecandidate', ({ candidate }) => two.addIceCandidate(candidate ?? undefined));
  two.addEventListener('icecandidate', ({ candidate }) => one.addIceCandidate(candidate ?? undefined));
  const open = (connection: RTCPeerConnection) =>
    connection.createDataChannel('files', { negotiated: true, id: 1001 });
  const [near, far] = [open(one), open(two)];
  const cut = () => {
    one.close();
    two.close();
  };
  ended.push(cut);
  await one.setLocalDescription();
  await two.setRemoteDescription(one.localDescription as RTCSessionDescription);
  await two.setLocalDescription();
  await one.setRemoteDescription(two.localDescription as RTCSessionDescription);
  return { near, far, cut };
}

const BYTES = 3_000_001;
function noise(size = BYTES): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at++) bytes[at] = (at * 31 + (at >> 8)) & 255;
  return bytes;
}

function outgoing(change: Partial<DirectFile> = {}): DirectFile {
  return {
    id: 'f1',
    file: new File([noise()], 'plan.pdf', { type: 'application/pdf' }),
    onProgress() {},
    signal: new AbortController().signal,
    ...change,
  };
}

const sameBytes = async (file: Blob, bytes: Uint8Array) => {
  const got = new Uint8Array(await file.arrayBuffer());
  return got.length === bytes.length && got.every((byte, at) => byte === bytes[at]);
};

const refusal = (sending: Promise<void>): Promise<string> =>
  sending.then(
    () => 'arrived',
    ({ message }: Error) => message,
  );

describe('direct files', () => {
  afterEach(() => {
    for (const end of ended.splice(0)) end();
  });

  it('M4 a file arrives whole, with its name and progress, and so does the next one', async () => {
    const got: ReceivedFile[] = [];
    const [sender, receiver] = [new DirectFiles(undefined), new DirectFiles((one) => got.push(one))];
    const { near, far } = await wire();
    sender.attach(near);
    receiver.attach(far);
    const progress: number[] = [];
    const second = new File([], 'empty.txt', { type: 'text/plain' });
    await Promise.all([
      sender.send(outgoing({ onProgress: (bytes) => progress.push(bytes) })),
      sender.send(outgoing({ id: 'f2', file: second })),
    ]);
    expect(got.map(({ id, file }) => [id, file.name, file.type, file.size])).to.have.deep.members([
      ['f1', 'plan.pdf', 'application/pdf', BYTES],
      ['f2', 'empty.txt', 'text/plain', 0],
    ]);
    const plan = got.find(({ id }) => id === 'f1') as ReceivedFile;
    expect(await sameBytes(plan.file, noise())).to.equal(true);
    expect(progress.at(-1)).to.equal(BYTES);
    expect(progress).to.eql([...progress].sort((one, other) => one - other));
    expect(progress.length).to.be.greaterThan(2);
  });

  it('M4 goes on where the receiver is when the call has a new connection', async () => {
    const got: ReceivedFile[] = [];
    const [sender, receiver] = [new DirectFiles(undefined), new DirectFiles((one) => got.push(one))];
    const first = await wire();
    sender.attach(first.near);
    receiver.attach(first.far);
    const wants: number[] = [];
    let cut = false;
    const sending = sender.send(
      outgoing({
        onProgress: (bytes) => {
          if (cut || bytes < BYTES / 4) return;
          cut = true;
          first.cut();
        },
      }),
    );
    await happens(first.near, 'close');
    const second = await wire();
    second.near.addEventListener('message', ({ data }) => {
      const word = JSON.parse(data);
      if (word.type === 'want') wants.push(word.from);
    });
    sender.attach(second.near);
    receiver.attach(second.far);
    await sending;
    expect(wants).to.have.length(1);
    expect(wants[0]).to.be.greaterThan(BYTES / 4 - 1);
    expect(await sameBytes((got[0] as ReceivedFile).file, noise())).to.equal(true);
  });

  it('M4 refuses bytes that are not what was promised', async () => {
    const got: ReceivedFile[] = [];
    const [sender, receiver] = [new DirectFiles(undefined), new DirectFiles((one) => got.push(one))];
    const { near, far } = await wire();
    const send = near.send.bind(near) as (data: string | ArrayBuffer) => void;
    near.send = ((data: string | ArrayBuffer) =>
      send(typeof data === 'string' ? data : new ArrayBuffer(data.byteLength))) as typeof near.send;
    sender.attach(near);
    receiver.attach(far);
    expect(await refusal(sender.send(outgoing()))).to.contain('the other side does not take it');
    expect(got).to.eql([]);
  });

  it('M4 a side that takes no files says so, as it does for one that is too large', async () => {
    const [sender, receiver] = [new DirectFiles(undefined), new DirectFiles(undefined)];
    const { near, far } = await wire();
    sender.attach(near);
    receiver.attach(far);
    expect(await refusal(sender.send(outgoing()))).to.contain('the other side does not take it');
    const large = Object.defineProperty(new File([], 'film.mp4'), 'size', { value: LARGEST_DIRECT + 1 });
    expect(await refusal(sender.send(outgoing({ file: large })))).to.contain('too large');
  });

  it('M4 one that is taken back lets the next one through', async () => {
    const got: ReceivedFile[] = [];
    const [sender, receiver] = [new DirectFiles(undefined), new DirectFiles((one) => got.push(one))];
    const { near, far } = await wire();
    sender.attach(near);
    receiver.attach(far);
    const back = new AbortController();
    const sending = refusal(sender.send(outgoing({ signal: back.signal, onProgress: () => back.abort() })));
    await Promise.all([sending, sender.send(outgoing({ id: 'f2' }))]);
    expect(await sending).to.contain('it was taken back');
    expect(got.map(({ id }) => id)).to.eql(['f2']);
    expect(await sameBytes((got[0] as ReceivedFile).file, noise())).to.equal(true);
  });

  it('M4 the end of the call ends what is on its way, and nonsense of the other side changes nothing', async () => {
    const sender = new DirectFiles(undefined);
    const { near, far } = await wire();
    sender.attach(near);
    await happens(far, 'open');
    for (const nonsense of ['', 'null', '{"type":"want"}', '{"type":"toString","id":"f1"}'])
      far.send(nonsense);
    const sending = refusal(sender.send(outgoing()));
    await happens(far, 'message');
    sender.close();
    expect(await sending).to.contain('the call is over');
    expect(await refusal(sender.send(outgoing()))).to.contain('the call is over');
  });
});
