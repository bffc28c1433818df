import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { startClock } from '../../../components/media/recording/clock.ts';
import { until } from '../until.ts';

describe('clock', () => {
  let context: AudioContext;
  let ending: AbortController;
  let ticks: number;

  // Nothing sounds on a page that nobody touched.
  before(() => sendMouse({ type: 'click', position: [1, 1] }));
  beforeEach(async () => {
    context = new AudioContext();
    await context.resume();
    ending = new AbortController();
    ticks = 0;
  });
  afterEach(async () => {
    ending.abort();
    await context.close();
  });

  const start = () =>
    startClock(context.destination, { interval: 0.02, signal: ending.signal, tick: () => ticks++ });

  it('R2 ticks with the sound, until it is told to stop', async () => {
    // Timers of a hidden tab come too late to be of use.
    const { setInterval } = window;
    Object.assign(window, { setInterval: () => 0 });
    try {
      start();
    } finally {
      Object.assign(window, { setInterval });
    }
    await until(() => ticks > 5, 'it ticks');
    ending.abort();
    const before = ticks;
    const began = context.currentTime;
    await until(() => context.currentTime > began + 0.2, 'time goes by');
    expect(ticks).to.equal(before);
  });

  it('R2 ticks on where sound stands still', async () => {
    start();
    await context.suspend();
    const before = ticks;
    await until(() => ticks > before + 5, 'it ticks on');
    ending.abort();
    const stopped = ticks;
    await context.resume();
    const began = context.currentTime;
    await until(() => context.currentTime > began + 0.2, 'time goes by');
    expect(ticks).to.equal(stopped);
  });
});
