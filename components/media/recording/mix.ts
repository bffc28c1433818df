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
    const source = new MediaStreamAudioSourceNode(sink.context as AudioContext, {
      mediaStream: new MediaStream([input]),
    });
    source.connect(sink);
    heard.set(track, () => {
      source.disconnect();
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
