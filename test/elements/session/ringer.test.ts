import { expect } from '@open-wc/testing';
import type { Ringer } from '../../../components/session/ringer.ts';
import { createRinger } from '../../../components/session/ringer.ts';
import type { WaitingEntry } from '../../../core/protocol/server-frames.ts';
import { until } from '../until.ts';

const entry = (contact: string, change: Partial<WaitingEntry> = {}): WaitingEntry => ({
  contact,
  name: 'Vera',
  isNew: true,
  country: null,
  language: 'en',
  service: { id: 'sales', name: 'Sales' },
  kind: 'chat',
  page: { url: 'https://shop.example/', title: 'Shop', referrer: '' },
  waitingSince: Date.now() - 1_000,
  dissuadeAt: Date.now() + 60_000,
  first: false,
  star: false,
  colour: null,
  transfer: null,
  ...change,
});

describe('ringer', () => {
  let ringer: Ringer;
  const title = document.title;

  beforeEach(() => {
    localStorage.removeItem('vc:ringer');
    document.title = 'The shop';
    ringer = createRinger({ describe: ({ name }) => ({ title: name, body: '' }), skew: () => 0 });
  });
  afterEach(() => {
    ringer.close();
    document.title = title;
  });

  it('C9 rings until nobody waits any more, with the count in the title', () => {
    ringer.update([entry('a'), entry('b')]);
    expect(ringer.state.state.ringing).to.equal(true);
    expect(document.title).to.equal('(2) The shop');
    ringer.update([entry('b')]);
    expect(document.title).to.equal('(1) The shop');
    ringer.update([]);
    expect(ringer.state.state.ringing).to.equal(false);
    expect(document.title).to.equal('The shop');
  });

  it('C9 leaves alone what the host application writes into the title meanwhile', () => {
    ringer.update([entry('a')]);
    document.title = 'Another page';
    ringer.update([entry('a'), entry('b')]);
    expect(document.title).to.equal('(2) Another page');
    ringer.update([]);
    expect(document.title).to.equal('Another page');
  });

  it('C9 shows that the browser holds the sound back, until a gesture lets it play', async () => {
    ringer.update([entry('a')]);
    // A page nobody has touched: the sound is blocked. Where the runner was started with autoplay, it plays at once.
    const audible = new AudioContext();
    const expected = audible.state !== 'running';
    await audible.close();
    await until(() => ringer.state.state.soundBlocked === expected);
    ringer.set({ sound: false });
    expect(ringer.state.state.soundBlocked).to.equal(false);
  });

  it('C9 keeps what is switched on this device', () => {
    ringer.set({ sound: false, title: false });
    ringer.update([entry('a')]);
    expect(document.title).to.equal('The shop');
    const next = createRinger({ describe: () => ({ title: '', body: '' }), skew: () => 0 });
    expect(next.state.state).to.include({ sound: false, title: false, notifications: false });
    next.close();
  });

  it('C1 C9 a callback rings when its time comes, a message that was left never', async () => {
    ringer.update([
      entry('later', { kind: 'callback', waitingSince: Date.now() + 300, dissuadeAt: null }),
      entry('lead', { kind: 'lead', dissuadeAt: null }),
    ]);
    expect(ringer.state.state.ringing).to.equal(false);
    await until(() => ringer.state.state.ringing);
    expect(document.title).to.equal('(1) The shop');
  });
});
