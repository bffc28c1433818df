const WIDTH = 1280;
const HEIGHT = 720;
const MARGIN = 24;
/** Most that the small picture takes. */
const INSET = { width: 320, height: 240 };

export interface CompositionOptions {
  readonly ownStream: MediaStream;
  readonly otherStream: MediaStream;
  /** What the large picture shows now, and whose it is: the name stands on black while there is none. */
  scene(): Scene;
  readonly signal: AbortSignal;
}

export interface Scene {
  readonly large: 'own' | 'other';
  readonly name: string;
}

export interface Composition {
  readonly canvas: HTMLCanvasElement;
  /** Paints what both streams show at this moment. */
  draw(): void;
}

/** Both sides in one picture of 1280 × 720: one large, the other small at the bottom right. */
export function createComposition({
  ownStream,
  otherStream,
  scene,
  signal,
}: CompositionOptions): Composition {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const videos = { own: watch(ownStream, signal), other: watch(otherStream, signal) };
  return {
    canvas,
    draw() {
      const { large, name } = scene();
      const [speaker, inset] = large === 'own' ? [videos.own, videos.other] : [videos.other, videos.own];
      pen.fillStyle = '#000';
      pen.fillRect(0, 0, WIDTH, HEIGHT);
      if (shows(speaker)) drawWhole(pen, speaker);
      else write(pen, name);
      if (shows(inset)) drawSmall(pen, inset);
    },
  };
}

/** A video element that always plays the picture track `stream` has at the moment. */
function watch(stream: MediaStream, signal: AbortSignal): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  const follow = () => {
    const [track] = stream.getVideoTracks();
    video.srcObject = track ? new MediaStream([track]) : null;
    // `autoplay` waits until a muted video is visible, and this one never is. The next track interrupts.
    if (track) video.play().catch(() => {});
  };
  follow();
  stream.addEventListener('addtrack', ({ track }) => track.kind === 'video' && follow(), { signal });
  stream.addEventListener('removetrack', ({ track }) => track.kind === 'video' && follow(), { signal });
  signal.addEventListener('abort', () => {
    video.srcObject = null;
  });
  return video;
}

const shows = (video: HTMLVideoElement) =>
  video.srcObject !== null && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;

/** Size of the whole picture, as large as the box allows. */
function within({ videoWidth, videoHeight }: HTMLVideoElement, width: number, height: number) {
  const scale = Math.min(width / videoWidth, height / videoHeight);
  return { width: videoWidth * scale, height: videoHeight * scale };
}

function drawWhole(pen: CanvasRenderingContext2D, video: HTMLVideoElement): void {
  const { width, height } = within(video, WIDTH, HEIGHT);
  pen.drawImage(video, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height);
}

/** In the corner whatever its shape, with an edge that tells it from the picture behind it. */
function drawSmall(pen: CanvasRenderingContext2D, video: HTMLVideoElement): void {
  const { width, height } = within(video, INSET.width, INSET.height);
  const [left, top] = [WIDTH - MARGIN - width, HEIGHT - MARGIN - height];
  pen.drawImage(video, left, top, width, height);
  pen.strokeStyle = 'rgb(255 255 255 / 60%)';
  pen.lineWidth = 2;
  pen.strokeRect(left - 1, top - 1, width + 2, height + 2);
}

function write(pen: CanvasRenderingContext2D, name: string): void {
  pen.fillStyle = '#fff';
  pen.font = '48px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(name, WIDTH / 2, HEIGHT / 2, WIDTH - 2 * MARGIN);
}
