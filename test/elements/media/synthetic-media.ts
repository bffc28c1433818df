/** A camera that shows one colour. */
export function colouredCamera(colour: string, width: number, height: number): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  const [track] = canvas.captureStream().getVideoTracks() as [MediaStreamTrack];
  // A frame is taken when the canvas changes; one frame is not enough for an element that begins to watch later.
  const shoot = () => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, width, height);
    if (track.readyState === 'live') setTimeout(shoot, 50);
  };
  shoot();
  return track;
}

/** A microphone that hears one tone, in hertz. */
export function toneMicrophone(context: AudioContext, frequency: number): MediaStreamTrack {
  const sink = new MediaStreamAudioDestinationNode(context);
  const tone = new OscillatorNode(context, { frequency });
  tone.connect(sink);
  tone.start();
  return sink.stream.getAudioTracks()[0] as MediaStreamTrack;
}

/** The same track as it arrives over a network: sent and received within this page, until `signal` aborts. */
export async function received(track: MediaStreamTrack, signal: AbortSignal): Promise<MediaStreamTrack> {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  near.addEventListener('icecandidate', ({ candidate }) => far.addIceCandidate(candidate ?? undefined));
  far.addEventListener('icecandidate', ({ candidate }) => near.addIceCandidate(candidate ?? undefined));
  signal.addEventListener('abort', () => {
    near.close();
    far.close();
  });
  const arrival = new Promise<MediaStreamTrack>((resolve) => {
    far.addEventListener('track', (event) => resolve(event.track));
  });
  near.addTrack(track);
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription as RTCSessionDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription as RTCSessionDescription);
  return arrival;
}

/** How loud `frequency` is in `sound`, by the Goertzel algorithm; a full-scale sine gives 1. */
export function loudness(sound: AudioBuffer, frequency: number): number {
  const samples = sound.getChannelData(0);
  const step = 2 * Math.cos((2 * Math.PI * frequency) / sound.sampleRate);
  let last = 0;
  let beforeLast = 0;
  for (const sample of samples) [last, beforeLast] = [sample + step * last - beforeLast, last];
  const power = last * last + beforeLast * beforeLast - step * last * beforeLast;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** What stands at a place of a picture, as its strongest channel. */
export function colourAt(
  picture: HTMLVideoElement | HTMLCanvasElement,
  x: number,
  y: number,
): 'red' | 'green' | 'blue' | 'black' {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.drawImage(picture, x, y, 1, 1, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  const most = Math.max(red, green, blue);
  if (most < 60) return 'black';
  if (most === red) return 'red';
  return most === green ? 'green' : 'blue';
}
