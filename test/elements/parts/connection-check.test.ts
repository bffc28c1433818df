import { expect, fixture, html } from '@open-wc/testing';
import type { Measures } from '../../../components/check/connection-check.ts';
import { verdictOf } from '../../../components/elements/parts/check-findings.ts';
import { VcConnectionCheck } from '../../../components/elements/parts/vc-connection-check.ts';

const ALL_GOOD: Measures = {
  browser: true,
  https: true,
  socket: 12.4,
  download: 20e6,
  upload: 5.24e6,
  stun: true,
  turnUdp: 3e6,
  turnTcp: 2e6,
  turnTls: undefined,
};

/** A check that finds out at once what it is told to; null: never. */
function finds(measures: Measures | null): AbortSignal[] {
  const signals: AbortSignal[] = [];
  VcConnectionCheck.check = async (_server, note, signal) => {
    signals.push(signal);
    if (!measures) return new Promise(() => {});
    for (const probe of Object.keys(measures) as (keyof Measures)[]) note(probe, measures[probe]);
    return measures;
  };
  return signals;
}

async function checked(measures: Measures | null) {
  const signals = finds(measures);
  const element = await fixture<VcConnectionCheck>(
    html`<vc-connection-check server="https://chat.example"></vc-connection-check>`,
  );
  await element.updateComplete;
  await element.updateComplete;
  const find = <E extends HTMLElement>(selector: string) => element.renderRoot.querySelector<E>(selector);
  const words = () =>
    Object.fromEntries(
      [...element.renderRoot.querySelectorAll('li')].map((row) => [
        row.querySelector('b')?.textContent,
        row.querySelector('.word')?.textContent,
      ]),
    );
  return { element, signals, find, words };
}

describe('vc-connection-check', () => {
  const { check } = VcConnectionCheck;
  afterEach(() => {
    VcConnectionCheck.check = check;
  });

  for (const scheme of ['light', 'dark'])
    for (const [state, measures] of Object.entries({
      checking: null,
      checked: { ...ALL_GOOD, turnUdp: null, upload: 10_000, https: false },
    }))
      it(`V19 is accessible in ${scheme} while it is ${state}`, async () => {
        const { element, find } = await checked(measures);
        element.style.setProperty('color-scheme', scheme);
        element.style.setProperty('background', scheme === 'dark' ? '#101316' : '#fff');
        find('summary')?.click();
        await expect(element).to.be.accessible();
      });

  it('V19 says what was found of each, and what follows', async () => {
    const { find, words } = await checked(ALL_GOOD);
    expect(find('h2')?.textContent).to.equal('Video calls work');
    expect(words()).to.deep.equal({
      'Calls in this browser': 'possible',
      HTTPS: 'secure',
      WebSocket: '12 ms',
      'UDP (STUN)': 'open',
      'TURN over UDP': '3.0 Mb/s',
      'TURN over TCP': '2.0 Mb/s',
      'TURN over TLS': 'not set up',
      Download: '20 Mb/s',
      Upload: '5.2 Mb/s',
    });
  });

  it('V19 gives the result to copy, or to select where it cannot be copied', async () => {
    const { element, find } = await checked(ALL_GOOD);
    const { clipboard } = navigator;
    let copied = '';
    const put = (writeText: (text: string) => Promise<void>) =>
      Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    try {
      put(async (text) => {
        copied = text;
      });
      find('.button.primary')?.click();
      await Promise.resolve();
      await element.updateComplete;
      expect(find('.copied')?.textContent).to.equal('Copied');
      expect(copied).to.match(/^Result +Video calls work\nServer +https:\/\/chat\.example\n/);
      expect(copied).to.equal(find('pre')?.textContent);
      put(() => Promise.reject(new DOMException('', 'NotAllowedError')));
      find('.button.primary')?.click();
      await Promise.resolve();
      await Promise.resolve();
      await element.updateComplete;
      expect(find('.copied')?.textContent).to.equal('Select the text below and copy it');
      expect(find<HTMLDetailsElement>('details')?.open).to.equal(true);
    } finally {
      Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    }
  });

  it('V19 waits for the result before it can be copied, and ends with the element', async () => {
    const { element, signals, find } = await checked(null);
    expect(find('h2')?.textContent).to.equal('Checking…');
    expect(find<HTMLButtonElement>('.button.primary')?.disabled).to.equal(true);
    expect(signals[0]?.aborted).to.equal(false);
    element.remove();
    expect(signals[0]?.aborted).to.equal(true);
  });

  const verdicts: [change: Partial<Measures>, word: string][] = [
    [{ socket: null }, 'Nothing works from here'],
    [{ browser: false }, 'Chat works, calls do not'],
    [{ https: false }, 'Chat works, calls do not'],
    [{ stun: false, turnUdp: null, turnTcp: null }, 'Chat works, calls do not'],
    [{ upload: 40_000 }, 'Chat works, calls do not'],
    [{ download: null }, 'Chat works, calls do not'],
    [{ upload: 200_000 }, 'Voice calls work'],
    [{ turnUdp: null, turnTcp: null }, 'Video calls should work'],
    [{ stun: false, turnUdp: null }, 'Video calls work'],
    [{ stun: null, turnUdp: undefined, turnTcp: undefined }, 'Video calls should work'],
  ];
  for (const [change, word] of verdicts)
    it(`V19 concludes “${word}” from ${JSON.stringify(change)}`, () => {
      expect(verdictOf({ ...ALL_GOOD, ...change }).word).to.equal(word);
    });
});
