import type { Meter } from '../store/device-handle.ts';
import { createStore } from '../store/store.ts';

/** Milliseconds between two steps. */
const STEP = 66;
/** What counts as silence, in decibels below the loudest. */
const FLOOR = -60;

/** Measures the voice in `stream` while somebody subscribes; an AudioContext would keep the sound device awake else. */
export function createMeter(stream: MediaStream): Meter {
  const store = createStore((_: { level: number }, level: number) => ({ level }), { level: 0 });
  let listening = 0;
  let measuring = new AbortController();
  return {
    get state() {
      return store.state;
    },
    subscribe(listener) {
      const off = store.subscribe(listener);
      listening += 1;
      if (listening === 1) {
        measuring = new AbortController();
        measure(stream, store.dispatch, measuring.signal);
      }
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        off();
        listening -= 1;
        if (listening === 0) measuring.abort();
      };
    },
  };
}

function measure(stream: MediaStream, show: (level: number) => void, signal: AbortSignal): void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  let source: MediaStreamAudioSourceNode | null = null;
  const listen = () => {
    source?.disconnect();
    const tracks = stream.getAudioTracks();
    source = tracks.length
      ? new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream(tracks) })
      : null;
    source?.connect(analyser);
  };
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    show(source ? levelOf(samples) : 0);
  }, STEP);
  for (const type of ['addtrack', 'removetrack']) stream.addEventListener(type, listen, { signal });
  listen();
  context.resume().catch(() => {}); // Closed before it ran.
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    source?.disconnect();
    show(0);
    context.close().catch(() => {});
  });
}

/** Loudness as an ear judges it: decibels over the floor, 0–1. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at++) sum += (samples[at] ?? 0) ** 2;
  const decibels = 10 * Math.log10(sum / samples.length || Number.MIN_VALUE);
  return Math.min(1, Math.max(0, 1 - decibels / FLOOR));
}
