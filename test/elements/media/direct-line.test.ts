import { expect } from '@open-wc/testing';
import { LiveLine } from '../../../components/media/direct-line.ts';
import type { DirectLine, DirectListener } from '../../../components/store/call-factory.ts';
import { until } from '../until.ts';
import { call, callsOfThisPage, connect, type Pair, pair } from './call-pair.ts';
import { stateWhere } from './wait-for.ts';
import { NativeConnection, pretend, watchConnections, way } from './watched-connections.ts';

const SIZE = 5_000_000;

/** One end of a line, and what it heard. */
class End implements DirectListener {
  readonly heard: string[] = [];
  opened = 0;
  onProgress = () => {};
  constructor(readonly line: DirectLine) {
    line.listen(this);
  }
  onOpen = () => {
    this.opened += 1;
  };
  onWord: DirectListener['onWord'] = (word) => this.heard.push(JSON.stringify(word));
  takesFile = () => true;
  onFileProgress = () => this.onProgress();
  onFileGone = (id: string) => this.heard.push(`${id} is gone`);
  onFile: DirectListener['onFile'] = async ({ id, file }) =>
    void this.heard.push(`${id} ${file.name} ${file.size}`);
}

async function pairWithLines(): Promise<Pair & { ends: [End, End] }> {
  const ends: End[] = [];
  const both = await pair({ onLine: (line) => ends.push(new End(line)) });
  await until(() => ends.length === 2 && ends.every(({ opened, line }) => opened === 1 && line.isOpen));
  return { ...both, ends: ends as [End, End] };
}

const file = (size: number) => new File([new Uint8Array(size).fill(7)], 'plan.txt');
const sent = (size: number) => ({
  id: 'f1',
  mime: 'text/plain',
  file: file(size),
  onProgress() {},
  signal: new AbortController().signal,
});

/** A channel that opens when the test says so. */
class LateChannel extends EventTarget {
  readyState: RTCDataChannelState = 'connecting';
  readonly said: unknown[] = [];
  send = (text: string) => this.said.push(JSON.parse(text));
  open(): void {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }
  hear(word: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(word) }));
  }
}

describe('line of a call', () => {
  const broker = callsOfThisPage();
  afterEach(() => {
    globalThis.RTCPeerConnection = NativeConnection;
  });

  it('A5 M4 both sides speak and send files over the call, also when the broker is gone', async () => {
    const { ends } = await pairWithLines();
    broker().fail();
    const [near, far] = ends;
    near.line.say({ type: 'message', id: 'm1', text: 'Hello' });
    await far.line.sendFile(sent(100));
    await near.line.sendFile(sent(SIZE));
    expect(far.heard).to.deep.equal(['{"type":"message","id":"m1","text":"Hello"}', `f1 plan.txt ${SIZE}`]);
    expect(near.heard).to.deep.equal(['f1 plan.txt 100']);
  });

  it('A5 V5 each side sees what the other does with its devices without being told by a server', async () => {
    const { caller, answerer } = await pair({ onLine: (line) => new End(line), onMedia() {} });
    await stateWhere(answerer.store, ({ other }) => other.microphone);
    await caller.setMicrophone(false);
    await stateWhere(answerer.store, ({ other }) => !other.microphone);
  });

  it('A5 V5 who is greeted before their own channel is open tells their devices all the same', () => {
    const channels: LateChannel[] = [];
    const createDataChannel = () => {
      const channel = new LateChannel();
      channels.push(channel);
      return channel;
    };
    const line = new LiveLine(call(), new AbortController().signal);
    const end = new End(line);
    line.attach({ createDataChannel } as unknown as RTCPeerConnection);
    const [files, talk] = channels as [LateChannel, LateChannel];
    files.open();
    talk.hear({ type: 'here', answers: false });
    expect([end.opened, line.isOpen]).to.deep.equal([0, false]);
    talk.open();
    talk.hear({ type: 'here', answers: true });
    expect([end.opened, line.isOpen]).to.deep.equal([1, true]);
    const media = { microphone: false, camera: false, sound: true, screen: false };
    expect(talk.said).to.deep.equal([
      { type: 'here', answers: false },
      { type: 'media', media },
    ]);
  });

  it('M4 A5 V16 a new attempt in the middle of a file: it arrives once, and both sides hear each other again', async () => {
    const { ends, ...both } = await pairWithLines();
    const [near, far] = ends;
    let again: Promise<void> | undefined;
    far.onProgress = () => {
      again ??= connect(both, 2);
    };
    await near.line.sendFile(sent(SIZE));
    await again;
    await until(() => ends.every(({ opened, line }) => opened === 2 && line.isOpen));
    near.line.say({ type: 'typing', on: true });
    await until(() => far.heard.length === 2);
    expect(far.heard).to.deep.equal([`f1 plan.txt ${SIZE}`, '{"type":"typing","on":true}']);
  });

  it('M4 V16 the way is replaced in the middle of a file: it goes on over the same line', async () => {
    const connections = watchConnections();
    const { ends, told } = await pairWithLines();
    const [near, far] = ends;
    const [one, other] = connections.filter(({ connectionState }) => connectionState === 'connected') as [
      RTCPeerConnection,
      RTCPeerConnection,
    ];
    const ways = [way(one), way(other)];
    far.onProgress = () => {
      far.onProgress = () => {};
      pretend(one, 'disconnected');
    };
    await near.line.sendFile(sent(SIZE));
    await until(() => way(one) !== ways[0] && way(other) !== ways[1]);
    pretend(one, 'connected');
    expect(far.heard).to.deep.equal([`f1 plan.txt ${SIZE}`]);
    expect(ends.map(({ opened }) => opened)).to.deep.equal([1, 1]);
    expect(told.filter((line) => line.includes('lost'))).to.deep.equal([]);
  });

  it('A5 what the other side says is heard only in its right shape, and the end of the call ends it', async () => {
    const { ends, caller, answerer } = await pairWithLines();
    const [near, far] = ends;
    for (const nonsense of [
      { type: 'message', id: 1, text: 'x' },
      { type: 'constructor' },
      { type: 'media', media: null },
    ])
      near.line.say(nonsense as never);
    near.line.say({ type: 'have', id: 'm1' });
    await until(() => far.heard.length > 0);
    expect(far.heard).to.deep.equal(['{"type":"have","id":"m1"}']);
    for (const one of [caller, answerer]) one.close();
    expect(near.line.isOpen).to.equal(false);
    const reason = await near.line.sendFile(sent(1)).catch(({ message }: Error) => message);
    expect(reason).to.equal('closed');
  });
});
