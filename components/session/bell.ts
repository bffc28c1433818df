/** Milliseconds from one ring to the next. */
const PERIOD = 2_800;
/** Two notes: hertz, and seconds from the beginning of the ring. */
const NOTES = [
  [784, 0],
  [1047, 0.18],
] as const;
const LENGTH = 0.5;
const LOUDNESS = 0.22;

/** A sound that repeats until it is stopped, made by the browser itself: there is nothing to load. */
export interface Bell {
  ring(on: boolean): void;
  /** From a click or a key: browsers play nothing before. */
  unblock(): void;
  close(): void;
}

/** `onBlocked` is told when the browser holds the sound back, and when it does so no more. */
export function createBell(onBlocked: (blocked: boolean) => void): Bell {
  let audio: AudioContext | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  let gestures: AbortController | null = null;

  const strike = () => {
    if (audio?.state === 'running') for (const [hertz, after] of NOTES) note(audio, hertz, after);
  };

  const settle = () => {
    const blocked = timer !== undefined && audio?.state !== 'running';
    onBlocked(blocked);
    if (!blocked) {
      gestures?.abort();
      gestures = null;
    } else if (!gestures) {
      // Whatever the agent does next anywhere on the page counts. Not before a click is complete: what tells of the blocked
      // sound goes then, and must not move the page away under the pointer.
      gestures = new AbortController();
      for (const type of ['click', 'keydown'] as const)
        window.addEventListener(type, unblock, { capture: true, signal: gestures.signal });
    }
  };

  const unblock = () => {
    audio?.resume().then(strike, () => {});
  };

  return {
    ring(on) {
      if (on === (timer !== undefined)) return;
      if (on) {
        audio ??= openAudio(settle);
        timer = setInterval(strike, PERIOD);
        // Chromium begins running a moment later where it may.
        audio?.resume().then(strike, () => {});
      } else {
        clearInterval(timer);
        timer = undefined;
      }
      settle();
    },
    unblock,
    close() {
      clearInterval(timer);
      timer = undefined;
      gestures?.abort();
      audio?.close().catch(() => {});
      audio = null;
    },
  };
}

function openAudio(onState: () => void): AudioContext | null {
  if (typeof AudioContext === 'undefined') return null;
  const audio = new AudioContext();
  audio.onstatechange = onState;
  return audio;
}

/** A soft stroke that fades. */
function note(audio: AudioContext, hertz: number, after: number): void {
  const begin = audio.currentTime + after;
  const tone = new OscillatorNode(audio, { frequency: hertz });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, begin + LENGTH);
  tone.connect(volume).connect(audio.destination);
  tone.start(begin);
  tone.stop(begin + LENGTH);
}
