import { expect } from '@open-wc/testing';
import { findWay, type Way } from '../../../components/check/way.ts';
import { abilitiesWith } from '../../../components/session/ability-watch.ts';
import { watchWay } from '../../../components/session/way-watch.ts';
import { until } from '../until.ts';

const SERVER = 'https://chat.example';
const ALL: Way = { voice: true, video: true };
const VOICE: Way = { voice: true, video: false };

describe('honest video button', () => {
  let watching: AbortController;
  beforeEach(() => {
    sessionStorage.removeItem('vc:way');
    watching = new AbortController();
  });
  afterEach(() => watching.abort());

  describe('what the network carries', () => {
    let found: (Way | Error)[];
    let asked: { measure: boolean; signal: AbortSignal }[];
    const watch = (server = SERVER) => {
      const told: Way[] = [];
      watchWay({
        server,
        tell: (way) => told.push(way),
        signal: watching.signal,
        find: async (_server, options) => {
          asked.push(options);
          const next = found.shift() ?? new Error('Cannot find out: nothing is left');
          if (next instanceof Error) throw next;
          return next;
        },
      });
      return told;
    };
    beforeEach(() => {
      found = [];
      asked = [];
    });

    it('A6 is found out once, and known to the next page of this tab', async () => {
      found = [VOICE, ALL];
      const told = watch();
      await until(() => told.length, 'it is found out');
      expect(told).to.deep.equal([VOICE]);
      const again = watch();
      await until(() => again.length);
      expect([again, asked.length]).to.deep.equal([[VOICE], 1]);
    });

    it('A6 is found out anew for another server, and when the network changes', async () => {
      found = [VOICE, ALL, VOICE];
      const told = watch();
      await until(() => told.length === 1, 'the first');
      const other = watch('https://other.example');
      await until(() => other.length === 1, 'the other server');
      watching.abort();
      watching = new AbortController();
      const third = watch('https://other.example');
      await until(() => third.length === 1);
      window.dispatchEvent(new Event('online'));
      await until(() => third.length === 2, 'the new network');
      expect([other, third]).to.deep.equal([[ALL], [ALL, VOICE]]);
    });

    it('A6 is not told when it could not be found out', async () => {
      found = [];
      const told = watch();
      await until(() => asked.length, 'it is tried');
      await Promise.resolve();
      expect([told, sessionStorage.getItem('vc:way')]).to.deep.equal([[], null]);
    });

    it('A6 spends no bytes on measuring where data are to be saved', async () => {
      const { connection } = navigator as Navigator & { connection?: EventTarget };
      const saving = Object.assign(new EventTarget(), { saveData: true });
      Object.defineProperty(navigator, 'connection', { value: saving, configurable: true });
      try {
        found = [ALL];
        const told = watch();
        await until(() => told.length, 'it is found out');
        expect(asked[0]?.measure).to.equal(false);
      } finally {
        if (connection) Reflect.deleteProperty(navigator, 'connection');
      }
    });
  });

  describe('finding out', () => {
    const { fetch } = window;
    const SIZE = 24 * 1024;
    /** Milliseconds that `SIZE` bytes take on each way there, one after the other. */
    let takes: number[];
    let ice: RTCIceServer[];
    beforeEach(() => {
      ice = [];
      takes = [];
      const { now } = performance;
      let clock = now.call(performance);
      performance.now = () => clock;
      window.fetch = async (input, init) => {
        const { pathname } = new URL(String(input));
        if (pathname === '/api/ice') return Response.json({ ice });
        if (init?.method !== 'POST') return new Response(new Uint8Array(SIZE));
        const { length: size } = init.body as Uint8Array;
        if (size > 1) clock += takes.shift() ?? 1;
        return Response.json({ size });
      };
    });
    afterEach(() => {
      window.fetch = fetch;
      Reflect.deleteProperty(performance, 'now');
    });
    const find = (measure = true) => findWay(SERVER, { measure, signal: watching.signal });

    it('A6 lets everything be on a network that is fast enough', async () => {
      expect(await find()).to.deep.equal(ALL);
    });

    it('A6 takes a busy moment for no slow network', async () => {
      takes = [9_000, 9_000, 100];
      expect(await find()).to.deep.equal(ALL);
    });

    it('A6 leaves the voice where 128 kb/s for a picture are missing', async () => {
      takes = [2_000, 2_000, 2_000];
      expect(await find()).to.deep.equal(VOICE);
    });

    it('A6 leaves the chat where not even a voice gets through', async () => {
      takes = [9_000, 9_000, 9_000];
      expect(await find()).to.deep.equal({ voice: false, video: false });
      expect(await find(false), 'not measured').to.deep.equal(ALL);
    });

    it('A6 has no calls where neither the relay nor UDP can be reached', async function () {
      // A browser takes its time before it believes that.
      this.timeout(60_000);
      // On port 9 nobody listens.
      ice = [
        { urls: ['turn:127.0.0.1:9', 'turn:127.0.0.1:9?transport=tcp'], username: 'u', credential: 'c' },
      ];
      expect(await find()).to.deep.equal({ voice: false, video: false });
    });
  });

  it('A6 counts devices and network together, and what is unknown for nothing', () => {
    const devices = { microphone: 'granted', camera: 'missing' } as const;
    expect(abilitiesWith(devices, null)).to.deep.equal(ALL);
    expect(abilitiesWith(devices, VOICE)).to.deep.equal(VOICE);
    expect(abilitiesWith({ ...devices, microphone: 'missing' }, ALL)).to.deep.equal({
      voice: false,
      video: false,
    });
  });
});
