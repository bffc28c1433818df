import { expect } from '@open-wc/testing';
import { watchConnection } from '../../../components/media/connection-watch.ts';
import { until } from '../until.ts';

describe('connection watch', () => {
  let stopping: AbortController;
  beforeEach(() => {
    stopping = new AbortController();
  });
  afterEach(() => stopping.abort());

  it('V15 notices within five seconds that nothing comes any more, and that something comes again', async () => {
    let bytes = 0;
    let step = 1000;
    let asked = 0;
    const told: boolean[] = [];
    const sent: string[] = [];
    const connection = {
      getStats: async () => {
        asked += 1;
        bytes += step;
        return new Map([['pair', { id: 'pair', type: 'candidate-pair', bytesReceived: bytes }]]);
      },
    } as unknown as RTCPeerConnection;
    const channel = {
      readyState: 'open',
      send: (text: string) => sent.push(text),
    } as unknown as RTCDataChannel;
    watchConnection(connection, channel, {
      onQuality() {},
      onSilence: (silent) => told.push(silent),
      signal: stopping.signal,
    });
    await until(() => asked === 2, 'two looks');
    expect(told).to.eql([]);
    step = 0;
    const before = performance.now();
    await until(() => told.length > 0, 'silence');
    expect(performance.now() - before).to.be.lessThan(5_000);
    // The way was replaced, and the count of the old one is gone with it.
    bytes = 500;
    const since = asked;
    await until(() => asked > since, 'another look');
    expect(told).to.eql([true]);
    step = 1000;
    await until(() => told.length > 1, 'sound');
    expect(told).to.eql([true, false]);
    expect(sent).to.have.length(asked);
  });

  it('V16 hears the first packet on another way, though the count of bytes went with the old one', async () => {
    let [bytes, packets, quietLooks] = [5000, 100, 0];
    const told: boolean[] = [];
    const connection = {
      getStats: async () => {
        if (told.length > 0 && quietLooks++ > 0) [bytes, packets] = [60, 101];
        return new Map([
          ['pair', { id: 'pair', type: 'candidate-pair', bytesReceived: bytes }],
          ['voice', { id: 'voice', type: 'inbound-rtp', packetsReceived: packets }],
        ]);
      },
    } as unknown as RTCPeerConnection;
    watchConnection(connection, { readyState: 'closed' } as RTCDataChannel, {
      onQuality() {},
      onSilence: (silent) => told.push(silent),
      signal: stopping.signal,
    });
    await until(() => told.length === 2, 'silence, and an end of it');
    expect(told).to.eql([true, false]);
    expect(quietLooks, 'looks at the new counts until it was told').to.equal(2);
  });
});
