import { expect } from '@open-wc/testing';
import { qualityBetween, readSample, type Sample } from '../../../components/media/quality.ts';

const START: Sample = {
  at: 0,
  sent: 0,
  received: 0,
  packets: 0,
  lost: 0,
  lostThere: 0,
  rtt: 40,
  picture: null,
  cpuLimited: false,
  relayed: false,
};
const after = (change: Partial<Sample>) =>
  qualityBetween(START, { ...START, at: 2000, packets: 1000, ...change });

describe('quality', () => {
  const rows: [string, Partial<Sample>, string, string | null][] = [
    ['a quiet line', {}, 'good', null],
    ['a little loss', { lost: 20 }, 'good', null],
    ['loss that is heard', { lost: 50 }, 'fair', 'network'],
    ['loss that breaks words', { lost: 200 }, 'poor', 'network'],
    ['loss at the other side', { lostThere: 0.2 }, 'poor', 'network'],
    ['delay', { rtt: 350 }, 'fair', 'network'],
    ['long delay', { rtt: 900 }, 'poor', 'network'],
    ['delay over a relay', { rtt: 350, relayed: true }, 'fair', 'relay'],
    ['loss over a relay', { rtt: 350, lost: 100, relayed: true }, 'fair', 'network'],
    ['a relay that is quick', { relayed: true }, 'good', null],
    ['a busy processor', { cpuLimited: true }, 'fair', 'cpu'],
    ['a busy processor and loss', { cpuLimited: true, lost: 50 }, 'fair', 'network'],
    ['a delay nobody measured', { rtt: null }, 'good', null],
  ];
  for (const [title, change, level, cause] of rows)
    it(`V11 calls ${title} ${level}${cause ? `, because of the ${cause}` : ''}`, () => {
      expect(after(change)).to.include({ level, cause });
    });

  it('V11 counts kilobits of a second, and nothing below zero when counters begin anew', () => {
    expect(after({ sent: 250_000, received: 125_000 })).to.include({ sending: 1000, receiving: 500 });
    const before = { ...START, sent: 5000, packets: 50, lost: 9 };
    expect(qualityBetween(before, { ...START, at: 2000 })).to.include({ sending: 0, loss: 0, level: 'good' });
  });

  it('V11 reads a report with and without a transport', () => {
    const pair = {
      id: 'pair',
      type: 'candidate-pair',
      nominated: true,
      state: 'succeeded',
      currentRoundTripTime: 0.05,
      bytesSent: 10,
      bytesReceived: 20,
      localCandidateId: 'near',
      remoteCandidateId: 'far',
    };
    const stats: Record<string, unknown>[] = [
      pair,
      { id: 'near', type: 'local-candidate', candidateType: 'relay' },
      { id: 'far', type: 'remote-candidate', candidateType: 'host' },
      {
        id: 'in',
        type: 'inbound-rtp',
        kind: 'video',
        frameWidth: 640,
        frameHeight: 480,
        framesPerSecond: 24.6,
      },
    ];
    const report = (...more: Record<string, unknown>[]) =>
      new Map([...stats, ...more].map((one) => [one.id, one])) as unknown as RTCStatsReport;
    const expected = {
      rtt: 50,
      sent: 10,
      received: 20,
      relayed: true,
      picture: { width: 640, height: 480, fps: 25 },
    };
    expect(readSample(report(), 0)).to.deep.include(expected);
    const transport = { id: 'transport', type: 'transport', selectedCandidatePairId: 'pair' };
    expect(readSample(report(transport), 0)).to.deep.include(expected);
  });
});
