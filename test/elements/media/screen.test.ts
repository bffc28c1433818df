import { expect } from '@open-wc/testing';
import { until } from '../until.ts';
import { callsOfThisPage, nextPicture, pair } from './call-pair.ts';
import { colourAt, colouredCamera } from './synthetic-media.ts';
import { stateWhere } from './wait-for.ts';

/** A screen of one colour for whoever asks. */
function fakeScreen(): { track: () => MediaStreamTrack } {
  let track: MediaStreamTrack;
  MediaDevices.prototype.getDisplayMedia = async () => {
    track = colouredCamera('lime', 800, 450);
    return new MediaStream([track]);
  };
  return { track: () => track };
}

describe('shared screen', () => {
  callsOfThisPage();

  it('V14 shares the screen in the place of the camera, and brings the camera back, in one call', async () => {
    const screen = fakeScreen();
    const { caller, answerer, told } = await pair({ camera: true });
    await stateWhere(caller.store, ({ own }) => own.camera);
    const [camera] = caller.ownStream.getVideoTracks();
    await caller.setScreen(true);
    expect(caller.store.state.own).to.include({ screen: true, camera: true });
    expect(answerer.store.state.other.screen).to.equal(true);
    expect(caller.ownStream.getVideoTracks()).to.eql([screen.track()]);
    expect(screen.track().contentHint).to.equal('detail');
    await until(async () => (await nextPicture(answerer)).width === 800, 'the screen');
    await caller.setScreen(false);
    expect(screen.track().readyState).to.equal('ended');
    expect(caller.ownStream.getVideoTracks()).to.eql([camera]);
    expect(camera?.readyState).to.equal('live');
    expect(answerer.store.state.other).to.include({ screen: false, camera: true });
    await until(async () => (await nextPicture(answerer)).width !== 800, 'the camera');
    expect(told).to.have.members(['caller connected 1', 'answerer connected 1']);
  });

  it("V14 ends sharing with the browser's own button, and the call stays a voice call", async () => {
    const screen = fakeScreen();
    const { caller, answerer } = await pair({ kind: 'voice' });
    await caller.setScreen(true);
    expect(answerer.otherStream.getVideoTracks()).to.have.length(1);
    screen.track().stop();
    screen.track().dispatchEvent(new Event('ended'));
    await stateWhere(caller.store, ({ own }) => !own.screen);
    expect(answerer.store.state.other.screen).to.equal(false);
    expect(answerer.otherStream.getVideoTracks()).to.have.length(0);
    expect(caller.store.state.status).to.equal('active');
  });

  it('V14 loses nothing when sharing is refused, and forgets the refusal with the next try', async () => {
    MediaDevices.prototype.getDisplayMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    const { caller } = await pair({ camera: true });
    await stateWhere(caller.store, ({ own }) => own.camera);
    await caller.setScreen(true);
    expect(caller.store.state).to.include({ screenProblem: 'denied', status: 'active' });
    expect(caller.store.state.own).to.include({ screen: false, camera: true });
    fakeScreen();
    await caller.setScreen(true);
    expect(caller.store.state.screenProblem).to.equal(null);
  });

  it('V14 the camera goes on and off behind a shared screen', async () => {
    const screen = fakeScreen();
    const { caller, answerer } = await pair();
    await caller.setScreen(true);
    await caller.setCamera(true);
    expect(caller.ownStream.getVideoTracks()).to.eql([screen.track()]);
    expect(answerer.store.state.other).to.include({ screen: true, camera: true });
    await caller.setCamera(false);
    await caller.setScreen(false);
    expect(answerer.otherStream.getVideoTracks()).to.have.length(0);
  });

  it('R6 takes a picture of what the other side shows', async () => {
    fakeScreen();
    const { caller, answerer } = await pair();
    const refused = await answerer.takeSnapshot().catch(({ message }: Error) => message);
    expect(refused).to.equal('Cannot take a snapshot: the other side shows no picture');
    await caller.setScreen(true);
    await until(async () => (await nextPicture(answerer)).width === 800, 'the screen');
    const picture = await answerer.takeSnapshot();
    const { width, height } = await createImageBitmap(picture);
    expect([picture.type, width, height]).to.eql(['image/png', 800, 450]);
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext('2d')?.drawImage(await createImageBitmap(picture), 0, 0);
    expect(colourAt(canvas, 400, 225)).to.equal('green');
  });
});
