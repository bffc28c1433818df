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
    // Chromium stays with the nothing it finds in an empty stream, whatever comes into it later.
    if (!stream.getTracks().length) {
      video.srcObject = null;
      return;
    }
    // Chromium waits for the first picture before it plays anything, even for that of a track that is gone by then.
    if (video.srcObject !== stream || video.readyState === video.HAVE_NOTHING) video.srcObject = stream;
    tryToPlay(video, onBlocked, signal);
  };
  stream.addEventListener('addtrack', play, { signal });
  stream.addEventListener('removetrack', play, { signal });
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
