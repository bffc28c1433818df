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

/** What stands at a place of the picture that `video` shows, as its strongest channel. */
export function colourAt(video: HTMLVideoElement, x: number, y: number): 'red' | 'green' | 'blue' | 'black' {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.drawImage(video, 0, 0);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(x, y, 1, 1).data;
  const most = Math.max(red, green, blue);
  if (most < 60) return 'black';
  if (most === red) return 'red';
  return most === green ? 'green' : 'blue';
}
