const WIDTH = 1280;
const HEIGHT = 720;
const MARGIN = 24;
const INSET_WIDTH = 320;
const INSET_HEIGHT = 180;

export interface CompositionOptions {
  readonly ownStream: MediaStream;
  readonly otherStream: MediaStream;
  /** Shown on black while the other side sends no picture. */
  name(): string;
  readonly signal: AbortSignal;
}

export interface Composition {
  readonly canvas: HTMLCanvasElement;
  /** Paints what both streams show at this moment. */
  draw(): void;
}

/** Both sides in one picture of 1280 × 720: the other side large, this side small at the bottom right. */
export function createComposition({ ownStream, otherStream, name, signal }: CompositionOptions): Composition {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const own = watch(ownStream, signal);
  const other = watch(otherStream, signal);
  return {
    canvas,
    draw() {
      pen.fillStyle = '#000';
      pen.fillRect(0, 0, WIDTH, HEIGHT);
      if (shows(other)) contain(pen, other, 0, 0, WIDTH, HEIGHT);
      else write(pen, name());
      if (!shows(own)) return;
      contain(
        pen,
        own,
        WIDTH - INSET_WIDTH - MARGIN,
        HEIGHT - INSET_HEIGHT - MARGIN,
        INSET_WIDTH,
        INSET_HEIGHT,
      );
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

/** The whole picture, as large as the box allows. */
function contain(
  pen: CanvasRenderingContext2D,
  video: HTMLVideoElement,
  left: number,
  top: number,
  boxWidth: number,
  boxHeight: number,
): void {
  const scale = Math.min(boxWidth / video.videoWidth, boxHeight / video.videoHeight);
  const width = video.videoWidth * scale;
  const height = video.videoHeight * scale;
  pen.drawImage(video, left + (boxWidth - width) / 2, top + (boxHeight - height) / 2, width, height);
}

function write(pen: CanvasRenderingContext2D, name: string): void {
  pen.fillStyle = '#fff';
  pen.font = '48px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(name, WIDTH / 2, HEIGHT / 2, WIDTH - 2 * MARGIN);
}
