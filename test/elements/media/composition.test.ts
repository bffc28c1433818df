import { expect } from '@open-wc/testing';
import { dropTrack, putTrack } from '../../../components/media/live-stream.ts';
import {
  type Composition,
  createComposition,
  type Scene,
} from '../../../components/media/recording/composition.ts';
import { until } from '../until.ts';
import { colourAt, colouredCamera } from './synthetic-media.ts';

const LARGE = [200, 200] as const;
const INSET = [1100, 600] as const;

describe('composition', () => {
  let ending: AbortController;
  let ownStream: MediaStream;
  let otherStream: MediaStream;
  let name: string;
  let large: Scene['large'];
  let picture: Composition;

  const shows = (large: string, inset: string) =>
    until(() => {
      picture.draw();
      const { canvas } = picture;
      return colourAt(canvas, ...LARGE) === large && colourAt(canvas, ...INSET) === inset;
    }, `${large} with ${inset}`);

  /** Pixels of the middle, where a name stands, that are not black. */
  const written = () => {
    const pen = picture.canvas.getContext('2d') as CanvasRenderingContext2D;
    const { data } = pen.getImageData(340, 320, 600, 80);
    return data.filter((value, at) => at % 4 === 0 && value > 128).length;
  };

  beforeEach(() => {
    ending = new AbortController();
    ownStream = new MediaStream();
    otherStream = new MediaStream();
    name = 'Vera';
    large = 'other';
    picture = createComposition({
      ownStream,
      otherStream,
      scene: () => ({ name, large }),
      signal: ending.signal,
    });
  });
  afterEach(() => {
    ending.abort();
    for (const track of [...ownStream.getTracks(), ...otherStream.getTracks()]) track.stop();
  });

  it('R2 writes the name on black while there is no picture', () => {
    picture.draw();
    expect(colourAt(picture.canvas, ...LARGE)).to.equal('black');
    expect(written()).to.be.greaterThan(100);
    name = '';
    picture.draw();
    expect(written()).to.equal(0);
  });

  it('R2 shows the other side large and this side inset, as the cameras go on and off', async () => {
    putTrack(otherStream, colouredCamera('red', 640, 360));
    await shows('red', 'red');
    putTrack(ownStream, colouredCamera('blue', 320, 180));
    await shows('red', 'blue');
    for (const track of otherStream.getVideoTracks()) dropTrack(otherStream, track);
    await shows('black', 'blue');
    for (const track of ownStream.getVideoTracks()) dropTrack(ownStream, track);
    await shows('black', 'black');
    putTrack(otherStream, colouredCamera('lime', 640, 360));
    await shows('green', 'green');
  });

  it('R2 shows the whole of a narrow picture', async () => {
    putTrack(otherStream, colouredCamera('red', 360, 720));
    await until(() => {
      picture.draw();
      return colourAt(picture.canvas, 640, 10) === 'red';
    });
    expect(colourAt(picture.canvas, 640, 710)).to.equal('red');
    expect(colourAt(picture.canvas, 200, 360)).to.equal('black');
    expect(colourAt(picture.canvas, 1080, 360)).to.equal('black');
  });

  it('R2 V14 shows the own screen large while it is shared, the other side inset, and follows what takes its place', async () => {
    putTrack(otherStream, colouredCamera('red', 640, 360));
    putTrack(ownStream, colouredCamera('blue', 320, 180));
    await shows('red', 'blue');
    large = 'own';
    putTrack(ownStream, colouredCamera('lime', 1600, 1200));
    await shows('green', 'red');
    expect(colourAt(picture.canvas, 640, 4), 'the whole screen').to.equal('green');
    expect(colourAt(picture.canvas, 100, 360), 'the whole screen').to.equal('black');
    for (const track of otherStream.getVideoTracks()) dropTrack(otherStream, track);
    await shows('green', 'green');
    large = 'other';
    putTrack(ownStream, colouredCamera('blue', 320, 180));
    await shows('black', 'blue');
  });

  it('R2 puts a small picture into the corner whatever its shape', async () => {
    putTrack(otherStream, colouredCamera('red', 640, 360));
    putTrack(ownStream, colouredCamera('blue', 240, 320));
    await shows('red', 'blue');
    expect(colourAt(picture.canvas, 1250, 690)).to.equal('blue');
    expect(colourAt(picture.canvas, 1080, 470)).to.equal('blue');
    expect(colourAt(picture.canvas, 1070, 600)).to.equal('red');
  });
});
