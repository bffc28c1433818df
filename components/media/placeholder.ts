/**
 * A stream of one audio and one video track that carry nothing. Every call is offered and answered with it, so all
 * calls have one shape and real tracks come and go with `replaceTrack`, without a second session description.
 *
 * The tracks are the receiving ends of a connection that never connects: unlike an AudioContext and a canvas they
 * start no audio device, need no gesture and draw nothing.
 * @see https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-replacetrack
 */
export function placeholderStream(signal: AbortSignal): MediaStream {
  const idle = new RTCPeerConnection();
  signal.addEventListener('abort', () => idle.close(), { once: true });
  return new MediaStream([
    idle.addTransceiver('audio').receiver.track,
    idle.addTransceiver('video').receiver.track,
  ]);
}
