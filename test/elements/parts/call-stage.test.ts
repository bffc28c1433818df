import { ContextProvider } from '@lit/context';
import { expect, html, oneEvent } from '@open-wc/testing';
import '../../../components/elements/parts/vc-call-stage.ts';
import type { VcCallStage } from '../../../components/elements/parts/vc-call-stage.ts';
import { dropTrack, putTrack } from '../../../components/media/live-stream.ts';
import type { CallState } from '../../../components/store/call-handle.ts';
import { contactContext, createContactStore } from '../../../components/store/contact-store.ts';
import { colouredCamera, received, toneMicrophone } from '../media/synthetic-media.ts';
import { happens, stateWhere } from '../media/wait-for.ts';
import { type FakeCall, fakeCall } from '../media-bar/fake-call.ts';
import { inCall } from '../media-bar/in-call.ts';
import { until } from '../until.ts';
import { aView } from './contact-fixture.ts';

const ON = { microphone: true, camera: true, sound: true, screen: false };
const NO_CAMERA = { ...ON, camera: false };
const VOICE = { kind: 'voice', own: NO_CAMERA, other: NO_CAMERA } as const;

const stageOf = (call: FakeCall | null) => inCall<VcCallStage>(html`<vc-call-stage></vc-call-stage>`, call);
const inside = <T extends HTMLElement>(stage: VcCallStage, selector: string) =>
  stage.renderRoot.querySelector<T>(selector);
const layout = (stage: VcCallStage) => inside(stage, '.stage')?.dataset.layout;
const look = (element: Element | null) => element && getComputedStyle(element).visibility;

function video(stage: VcCallStage, role: 'remote' | 'self'): HTMLVideoElement {
  const found = inside<HTMLVideoElement>(stage, `video[data-role=${role}]`);
  if (!found) throw new Error(`Cannot find the ${role} video: there is no call`);
  return found;
}

/** A call whose pictures can be seen. */
const seenCall = (state: Partial<CallState> = {}) =>
  fakeCall(state, {
    ownStream: new MediaStream([colouredCamera('#00f', 64, 48)]),
    otherStream: new MediaStream([colouredCamera('#f00', 64, 48)]),
  });

describe('vc-call-stage', () => {
  const looks: Record<string, Partial<CallState>> = {
    'a video call': {},
    'a video call without pictures, and sound that is blocked': {
      own: NO_CAMERA,
      other: { microphone: false, camera: false, sound: false, screen: false },
      playBlocked: true,
    },
    'a voice call': VOICE,
  };
  for (const scheme of ['light', 'dark'])
    for (const [name, state] of Object.entries(looks))
      it(`V6 is accessible in ${scheme}: ${name}`, async () => {
        const { element, parentNode } = await stageOf(fakeCall(state));
        parentNode.style.setProperty('color-scheme', scheme);
        await expect(element).to.be.accessible();
      });

  it('V6 shows the other side large and the own picture small and mirrored', async () => {
    const { element } = await stageOf(seenCall());
    if (layout(element) !== 'picture') await happens(video(element, 'remote'), 'resize');
    await element.updateComplete;
    expect(layout(element)).to.equal('picture');
    const [large, small] = [video(element, 'remote'), video(element, 'self')];
    expect([look(large), look(small)]).to.deep.equal(['visible', 'visible']);
    expect(large.clientWidth).to.equal(element.clientWidth);
    expect(small.clientWidth).to.be.below(element.clientWidth / 3);
    expect(getComputedStyle(small).transform).to.equal('matrix(-1, 0, 0, 1, 0, 0)');
    expect(small.muted).to.equal(true);
  });

  it('V6 shows the own picture large before the other side accepts', async () => {
    const call = seenCall({ status: 'waiting' });
    const { element } = await stageOf(call);
    expect(layout(element)).to.equal('preview');
    expect(look(video(element, 'remote'))).to.equal('hidden');
    expect(look(video(element, 'self'))).to.equal('visible');
    expect(video(element, 'self').clientWidth).to.equal(element.clientWidth);
    call.set({ own: NO_CAMERA });
    await element.updateComplete;
    expect(layout(element)).to.equal('name');
    expect(look(video(element, 'self'))).to.equal('hidden');
  });

  it('V6 fills the stage with the own picture before the other side accepts, wherever it stands later', async () => {
    const { element } = await stageOf(fakeCall({ status: 'waiting' }));
    const [own, stage] = [video(element, 'self'), element].map((each) => each.getBoundingClientRect());
    expect([own?.top, own?.bottom]).to.deep.equal([stage?.top, stage?.bottom]);
  });

  it('V14 shows a screen whole, and the own one not mirrored', async () => {
    const call = seenCall({ own: { ...NO_CAMERA, screen: true }, other: { ...NO_CAMERA, screen: true } });
    const { element } = await stageOf(call);
    if (layout(element) !== 'picture') await happens(video(element, 'remote'), 'resize');
    await element.updateComplete;
    const [large, small] = [video(element, 'remote'), video(element, 'self')];
    expect([look(large), look(small)]).to.deep.equal(['visible', 'visible']);
    expect([large, small].map((one) => getComputedStyle(one).objectFit)).to.deep.equal([
      'contain',
      'contain',
    ]);
    expect(getComputedStyle(small).transform).to.equal('none');
    call.set({ other: ON });
    await element.updateComplete;
    expect(getComputedStyle(large).objectFit).to.equal('cover');
  });

  describe('own picture', () => {
    const grip = (stage: VcCallStage) => {
      const found = inside<HTMLButtonElement>(stage, '.grip');
      if (!found) throw new Error('Cannot take hold of the own picture: it is not shown');
      return found;
    };
    const corner = (stage: VcCallStage) => inside(stage, '.stage')?.dataset.corner;
    const pointer = (type: string, at: { x: number; y: number }) =>
      new PointerEvent(type, { clientX: at.x, clientY: at.y, isPrimary: true, button: 0, pointerId: 1 });

    it('V6 moves from corner to corner with the arrow keys', async () => {
      const { element } = await stageOf(seenCall());
      expect(corner(element)).to.equal('bottomRight');
      for (const [key, at] of [
        ['ArrowUp', 'topRight'],
        ['ArrowUp', 'topRight'],
        ['ArrowLeft', 'topLeft'],
        ['ArrowDown', 'bottomLeft'],
        ['ArrowRight', 'bottomRight'],
      ]) {
        grip(element).dispatchEvent(new KeyboardEvent('keydown', { key: key ?? '', cancelable: true }));
        await element.updateComplete;
        expect(corner(element), key).to.equal(at);
      }
      expect(grip(element).getAttribute('aria-label')).to.equal(
        'Your picture, bottom right. Move it with the arrow keys.',
      );
    });

    it('V6 is dragged, and goes to the nearest corner', async () => {
      const { element } = await stageOf(seenCall());
      const own = grip(element);
      // Only a pointer that is really down can be captured.
      own.setPointerCapture = () => {};
      const whole = element.getBoundingClientRect();
      const from = own.getBoundingClientRect();
      own.dispatchEvent(pointer('pointerdown', { x: from.x + 5, y: from.y + 5 }));
      own.dispatchEvent(pointer('pointermove', { x: whole.x + 10, y: whole.y + 60 }));
      expect(own.getBoundingClientRect().x).to.be.below(from.x - 50);
      expect(video(element, 'self').getBoundingClientRect().x).to.equal(own.getBoundingClientRect().x);
      own.dispatchEvent(pointer('pointerup', { x: whole.x + 10, y: whole.y + 60 }));
      await element.updateComplete;
      expect(corner(element)).to.equal('topLeft');
      expect(own.getBoundingClientRect().x).to.equal(whole.x + 12);
    });

    it('V6 stands where the service says', async () => {
      const store = createContactStore('visitor');
      store.dispatch({ type: 'viewed', view: aView({ selfView: 'left' }) });
      const { element, parentNode } = await stageOf(seenCall());
      element.remove();
      new ContextProvider(parentNode, { context: contactContext, initialValue: store });
      parentNode.append(element);
      await element.updateComplete;
      await element.updateComplete;
      expect(corner(element)).to.equal('bottomLeft');
    });

    it('V6 cannot be taken hold of while there is none', async () => {
      const { element } = await stageOf(fakeCall({ own: NO_CAMERA }));
      expect(inside(element, '.grip')).to.equal(null);
    });
  });

  it('V10 plays on the speaker that was chosen', async () => {
    const call = seenCall();
    const { element } = await stageOf(call);
    const asked: string[] = [];
    video(element, 'remote').setSinkId = async (id) => void asked.push(id);
    call.set({ devices: { ...call.store.state.devices, speaker: 'headset' } });
    await element.updateComplete;
    expect(asked).to.deep.equal(['headset']);
  });

  it('V6 is larger when expanded', async () => {
    const call = fakeCall();
    const { element } = await stageOf(call);
    const { clientHeight } = element;
    call.set({ expanded: true });
    await element.updateComplete;
    expect(element.clientHeight).to.be.above(clientHeight);
  });

  it('V5 shows the name on black when there is no picture from the other side, and the picture when it is back', async () => {
    const call = seenCall();
    const { element } = await stageOf(call);
    if (layout(element) !== 'picture') await happens(video(element, 'remote'), 'resize');
    call.set({ other: NO_CAMERA });
    await element.updateComplete;
    expect(layout(element)).to.equal('name');
    expect(inside(element, '.stage')?.dataset.otherCamera).to.equal('off');
    expect(inside(element, '.name')?.textContent).to.equal('Anna Berg');
    expect(inside(element, '.avatar')?.textContent).to.equal('AB');
    const remote = video(element, 'remote');
    expect(look(remote)).to.equal('hidden');
    expect(remote.srcObject, 'the sound goes on').to.equal(call.otherStream);
    call.set({ other: ON });
    await element.updateComplete;
    expect(layout(element)).to.equal('picture');
    expect(look(remote)).to.equal('visible');
  });

  it('V5 shows the name until the first picture has come', async () => {
    const { element } = await stageOf(fakeCall());
    expect(layout(element)).to.equal('name');
    expect(inside(element, '.stage')?.dataset.otherCamera).to.equal('on');
  });

  it('V5 shows a picture whose track comes later', async () => {
    const call = fakeCall();
    const { element } = await stageOf(call);
    const track = colouredCamera('#f00', 64, 48);
    const resized = oneEvent(video(element, 'remote'), 'resize');
    call.otherStream.addTrack(track);
    call.otherStream.dispatchEvent(new MediaStreamTrackEvent('addtrack', { track }));
    await resized;
    await element.updateComplete;
    expect(layout(element)).to.equal('picture');
  });

  it('V5 shows that the other side is muted, does not listen, or is not there at all', async () => {
    const call = fakeCall();
    const { element } = await stageOf(call);
    const marks = async (change: Partial<CallState>) => {
      call.set(change);
      await element.updateComplete;
      return [...element.renderRoot.querySelectorAll('.mark')].map(
        (mark) => mark.ariaLabel ?? mark.textContent,
      );
    };
    const other = { microphone: false, camera: true, sound: false, screen: false };
    expect(await marks({})).to.eql([]);
    expect(await marks({ other })).to.eql(['Microphone off', 'Cannot hear you: sound off']);
    expect(await marks({ other: { ...other, camera: false } })).to.eql(['On hold']);
    expect(await marks({ status: 'waiting' }), 'nobody is there yet').to.eql([]);
  });

  it('V5 plays no sound while the own sound is off', async () => {
    const call = fakeCall();
    const { element } = await stageOf(call);
    expect(video(element, 'remote').muted).to.equal(false);
    call.set({ own: { ...ON, sound: false } });
    await element.updateComplete;
    expect(video(element, 'remote').muted).to.equal(true);
  });

  it('V6 leaves the sound to another stage where it is told to', async () => {
    const { element } = await stageOf(fakeCall());
    element.silent = true;
    await element.updateComplete;
    expect(video(element, 'remote').muted).to.equal(true);
  });

  it('V5 hides the own picture while the own camera is off', async () => {
    const { element } = await stageOf(fakeCall({ own: NO_CAMERA }));
    expect(look(video(element, 'self'))).to.equal('hidden');
  });

  it('V5 is one line for a call without pictures, with both videos in place', async () => {
    const { element } = await stageOf(fakeCall(VOICE));
    expect(layout(element)).to.equal('compact');
    expect(inside(element, '.stage')?.dataset.kind).to.equal('voice');
    expect(element.clientHeight).to.be.below(60);
    expect(video(element, 'remote')).to.exist;
    expect(video(element, 'self')).to.exist;
  });

  it('V5 leaves an empty stream alone, and plays what comes into it', async () => {
    const call = fakeCall(VOICE);
    const { element } = await stageOf(call);
    const remote = video(element, 'remote');
    expect(remote.srcObject).to.equal(null);
    const track = colouredCamera('#f00', 64, 48);
    call.otherStream.addTrack(track);
    call.otherStream.dispatchEvent(new MediaStreamTrackEvent('addtrack', { track }));
    expect(remote.srcObject).to.equal(call.otherStream);
    await until(() => remote.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA);
  });

  describe('blocked sound', () => {
    const { play } = HTMLMediaElement.prototype;
    let outcome: () => Promise<void>;
    beforeEach(() => {
      HTMLMediaElement.prototype.play = function () {
        return this.muted ? Promise.resolve() : outcome();
      };
    });
    afterEach(() => {
      HTMLMediaElement.prototype.play = play;
    });
    const refusal = (name: string) => Promise.reject(new DOMException('', name));
    const playButton = (stage: VcCallStage) => inside<HTMLButtonElement>(stage, '.play');

    for (const [name, state] of Object.entries({ video: {}, voice: VOICE }))
      it(`V12 shows Play when the browser refuses to play a ${name} call, until it plays`, async () => {
        outcome = () => refusal('NotAllowedError');
        const call = seenCall(state);
        const { element } = await stageOf(call);
        await stateWhere(call.store, ({ playBlocked }) => playBlocked);
        await element.updateComplete;
        expect(playButton(element)?.textContent?.trim()).to.equal('Play');
        playButton(element)?.click();
        await Promise.resolve();
        expect(call.store.state.playBlocked, 'refused once more').to.equal(true);
        outcome = () => Promise.resolve();
        playButton(element)?.click();
        await stateWhere(call.store, ({ playBlocked }) => !playBlocked);
        await element.updateComplete;
        expect(playButton(element)).to.equal(null);
        expect(call.asked).to.deep.equal(['playBlocked true', 'playBlocked false']);
      });

    it('V12 asks for no gesture when a newer stream took the place of one that was to play', async () => {
      const refuse: ((reason: DOMException) => void)[] = [];
      const begun: Promise<void>[] = [];
      outcome = () => {
        const one = new Promise<void>((_, reject) => refuse.push(reject));
        begun.push(one);
        return one;
      };
      const [first, second] = [seenCall(), seenCall()];
      const { element, use } = await stageOf(first);
      use(second);
      await element.updateComplete;
      expect(video(element, 'remote').srcObject).to.equal(second.otherStream);
      refuse[0]?.(new DOMException('', 'NotAllowedError'));
      refuse[1]?.(new DOMException('', 'AbortError'));
      await Promise.allSettled(begun);
      expect([first.asked, second.asked]).to.deep.equal([[], []]);
    });

    it('V12 is not blocked by a stream that has no tracks yet', async () => {
      outcome = () => refusal('NotAllowedError');
      const call = fakeCall();
      await stageOf(call);
      expect(call.asked).to.deep.equal([]);
      const track = colouredCamera('#f00', 64, 48);
      call.otherStream.addTrack(track);
      call.otherStream.dispatchEvent(new MediaStreamTrackEvent('addtrack', { track }));
      await stateWhere(call.store, ({ playBlocked }) => playBlocked);
    });
  });

  it('V8 plays the voice of a side whose picture was announced, never came and is gone', async () => {
    const context = new AudioContext();
    const ending = new AbortController();
    const still = document.createElement('canvas').captureStream(0).getVideoTracks();
    const picture = await received(still[0] as MediaStreamTrack, ending.signal);
    const call = fakeCall({}, { otherStream: new MediaStream() });
    const { element } = await stageOf(call);
    const begun = happens(video(element, 'remote'), 'loadstart');
    for (const track of [toneMicrophone(context, 440), picture]) putTrack(call.otherStream, track);
    await begun;
    dropTrack(call.otherStream, picture);
    await until(() => video(element, 'remote').readyState >= HTMLMediaElement.HAVE_CURRENT_DATA, 'it plays');
    ending.abort();
    await context.close();
  });

  it('E3 lets go of the streams with the call, and takes the next', async () => {
    const [first, second] = [seenCall(), seenCall()];
    const { element, use } = await stageOf(first);
    const [remote, self] = [video(element, 'remote'), video(element, 'self')];
    first.set({ status: 'ended' });
    await element.updateComplete;
    expect(inside(element, 'video')).to.equal(null);
    expect([remote.srcObject, self.srcObject]).to.deep.equal([null, null]);
    use(second);
    await element.updateComplete;
    expect(video(element, 'remote').srcObject).to.equal(second.otherStream);
  });

  it('E3 lets go of the streams when it is removed, and plays again when it is back', async () => {
    // Without sound it may play without a gesture.
    const call = seenCall({ own: { ...ON, sound: false } });
    const { element, parentNode } = await stageOf(call);
    const [remote, self] = [video(element, 'remote'), video(element, 'self')];
    element.remove();
    expect([remote.srcObject, self.srcObject]).to.deep.equal([null, null]);
    parentNode.append(element);
    await element.updateComplete;
    expect([remote.srcObject, self.srcObject]).to.deep.equal([call.otherStream, call.ownStream]);
    expect([remote.paused, self.paused]).to.deep.equal([false, false]);
  });
});
