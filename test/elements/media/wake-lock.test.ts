import { expect } from '@open-wc/testing';
import { keepAwake } from '../../../components/media/wake-lock.ts';
import { until } from '../until.ts';

describe('wake lock', () => {
  it('V16 keeps the screen on for the call, again after the page was hidden, and lets go with it', async () => {
    const released: number[] = [];
    let asked = 0;
    const request = async () => {
      const number = ++asked;
      return { release: async () => void released.push(number) };
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
    const ending = new AbortController();
    keepAwake(ending.signal);
    await until(() => asked === 1);
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => asked === 2);
    ending.abort();
    document.dispatchEvent(new Event('visibilitychange'));
    expect([asked, released]).to.eql([2, [2]]);
    Reflect.deleteProperty(navigator, 'wakeLock');
  });
});
