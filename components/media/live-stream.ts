/**
 * Adds `track` in place of any other of its kind. A script's own changes of a stream fire no events
 * (https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-addtrack), so they are fired here: whoever follows a
 * stream of a call listens to `addtrack` and `removetrack`.
 */
export function putTrack(stream: MediaStream, track: MediaStreamTrack): void {
  if (stream.getTracks().includes(track)) return;
  for (const old of stream.getTracks()) if (old.kind === track.kind) dropTrack(stream, old);
  stream.addTrack(track);
  stream.dispatchEvent(new MediaStreamTrackEvent('addtrack', { track }));
}

/** Takes `track` out, without stopping it. */
export function dropTrack(stream: MediaStream, track: MediaStreamTrack): void {
  if (!stream.getTracks().includes(track)) return;
  stream.removeTrack(track);
  stream.dispatchEvent(new MediaStreamTrackEvent('removetrack', { track }));
}
