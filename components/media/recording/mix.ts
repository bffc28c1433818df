/**
 * Lets every audio track that `stream` has now or gets later sound into `sink`, until `signal` aborts.
 * With `always` a track that was switched off for this side's loudspeaker is heard all the same.
 */
export function mixStream(
  sink: AudioNode,
  stream: MediaStream,
  options: { readonly always: boolean; readonly signal: AbortSignal },
): void {
  const { always, signal } = options;
  const heard = new Map<MediaStreamTrack, () => void>();
  const add = (track: MediaStreamTrack) => {
    if (track.kind !== 'audio') return;
    const input = always ? track.clone() : track;
    if (always) input.enabled = true;
    const mediaStream = new MediaStream([input]);
    const source = new MediaStreamAudioSourceNode(sink.context as AudioContext, { mediaStream });
    source.connect(sink);
    // Chromium decodes a received voice only while an element has it, be it muted and out of sight.
    const listener = new Audio();
    listener.muted = true;
    listener.srcObject = mediaStream;
    heard.set(track, () => {
      source.disconnect();
      listener.srcObject = null;
      if (always) input.stop();
      heard.delete(track);
    });
  };
  for (const track of stream.getAudioTracks()) add(track);
  stream.addEventListener('addtrack', ({ track }) => add(track), { signal });
  stream.addEventListener('removetrack', ({ track }) => heard.get(track)?.(), { signal });
  signal.addEventListener('abort', () => {
    for (const release of [...heard.values()]) release();
  });
}
