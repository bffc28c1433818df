/**
 * Keeps a `<video>` playing a stream whose tracks come and go, until `signal` aborts. `onBlocked` hears whether the browser
 * refuses to play without a gesture.
 */
export function playStream(
  video: HTMLVideoElement,
  stream: MediaStream,
  onBlocked: (blocked: boolean) => void,
  signal: AbortSignal,
): void {
  const play = () => {
    // A stream without tracks never begins to play, and would be refused for a sound it does not have.
    if (!stream.getTracks().length) return;
    // Chromium stays with the nothing it found in an empty stream, whatever comes into it later.
    if (video.readyState === HTMLMediaElement.HAVE_NOTHING) {
      video.srcObject = null;
      video.srcObject = stream;
    }
    tryToPlay(video, onBlocked, signal);
  };
  video.srcObject = stream;
  stream.addEventListener('addtrack', play, { signal });
  signal.addEventListener('abort', () => {
    video.srcObject = null;
  });
  play();
}

export function tryToPlay(
  video: HTMLVideoElement,
  onBlocked: (blocked: boolean) => void,
  signal: AbortSignal,
): void {
  video.play().then(
    () => {
      if (!signal.aborted) onBlocked(false);
    },
    (error: unknown) => {
      // Anything else: another stream, or the end of this one, took the attempt's place.
      const blocked = error instanceof DOMException && error.name === 'NotAllowedError';
      if (blocked && !signal.aborted) onBlocked(true);
    },
  );
}
