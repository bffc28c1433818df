import { expect } from '@open-wc/testing';
import { createCall } from '../../../components/media/call.ts';
import type { MediaState } from '../../../core/contact/model.ts';
import { until } from '../until.ts';
import { BROKER, call, callsOfThisPage, nextPicture, pair, untilTheEnd } from './call-pair.ts';
import { happens, stateWhere } from './wait-for.ts';

const { getUserMedia } = MediaDevices.prototype;

describe('call', () => {
  const broker = callsOfThisPage();

  it('V1 an asked side waits at the broker without a device, and is ready in the moment it joins', async () => {
    let asked = 0;
    MediaDevices.prototype.getUserMedia = function (...wanted) {
      asked++;
      return getUserMedia.apply(this, wanted);
    };
    const ready: number[] = [];
    const one = createCall({
      kind: 'voice',
      otherName: 'Anna',
      canRecord: false,
      bitrate: 'free',
      onReady: (attempt) => ready.push(attempt),
      onConnected: () => {},
      onLost: () => {},
      onMedia: () => {},
      onHangUp: () => {},
      onRecordRequest: () => {},
      onRecordStop: () => {},
    });
    untilTheEnd(one);
    const setup = { attempt: 1, ice: [], broker: BROKER, role: 'answerer', ticket: 't' } as const;
    one.start({ ...setup, self: 'far', remote: 'near' });
    await until(() => broker().open().includes('far'), 'at the broker');
    expect([asked, ready]).to.eql([0, []]);
    one.join({ microphone: true, camera: false, sound: true });
    expect(ready).to.eql([1]);
    await stateWhere(one.store, (state) => state.own.microphone);
    expect(asked).to.equal(1);
  });

  it('V1 shows the own picture before the other side answered', async () => {
    const told: MediaState[] = [];
    const one = call({ camera: true, onMedia: (state) => told.push(state) });
    const { status, own } = await stateWhere(one.store, ({ own }) => own.microphone && own.camera);
    expect(status).to.equal('waiting');
    expect(one.ownStream.getTracks().map(({ kind }) => kind)).to.have.members(['audio', 'video']);
    expect(told.at(-1)).to.deep.equal(own);
  });

  it('V17 who was muted and had the sound off is that on the next page, with any microphone, until they change it', async () => {
    const one = call({ microphone: false, sound: false });
    await until(() => one.ownStream.getAudioTracks().length === 1, 'the microphone is open');
    const [muted] = one.ownStream.getAudioTracks();
    expect([muted?.enabled, one.store.state.own.microphone, one.store.state.own.sound]).to.eql([
      false,
      false,
      false,
    ]);
    await one.chooseDevice('microphone', '');
    const [other] = one.ownStream.getAudioTracks();
    expect([other === muted, other?.enabled]).to.eql([false, false]);
    await one.setMicrophone(true);
    expect([other?.enabled, one.store.state.own.microphone]).to.eql([true, true]);
  });

  it('V1 connects both sides with picture and sound', async () => {
    const { caller, answerer } = await pair({ camera: true });
    const [seen, seenBack] = await Promise.all([nextPicture(answerer), nextPicture(caller)]);
    expect(seen.width).to.be.greaterThan(0);
    expect(seenBack.width).to.be.greaterThan(0);
    for (const { otherStream } of [caller, answerer]) expect(otherStream.getAudioTracks()).to.have.length(1);
    expect(broker().tickets.get('near1')).to.equal('ticket-near');
    expect(broker().tickets.get('far1')).to.equal('ticket-far');
  });

  it('V5 goes from voice to video, back and again without a new call', async () => {
    const { caller, answerer, told } = await pair({ kind: 'voice' });
    expect(answerer.otherStream.getVideoTracks()).to.have.length(0);
    await caller.setCamera(true);
    expect(caller.store.state.own.camera).to.equal(true);
    expect(answerer.store.state.other.camera).to.equal(true);
    await nextPicture(answerer);

    const [camera] = caller.ownStream.getVideoTracks();
    await caller.setCamera(false);
    expect(camera?.readyState).to.equal('ended');
    expect(answerer.store.state.other.camera).to.equal(false);
    expect(answerer.otherStream.getVideoTracks()).to.have.length(0);
    expect(caller.ownStream.getVideoTracks()).to.have.length(0);

    await caller.setCamera(true);
    await nextPicture(answerer);
    expect(told).to.have.members(['caller connected 1', 'answerer connected 1']);
  });

  it('V5 tells a camera only once it runs', async () => {
    const told: boolean[] = [];
    const one = call({ onMedia: ({ camera }) => told.push(camera) });
    await stateWhere(one.store, ({ own }) => own.microphone);
    const turning = one.setCamera(true);
    expect(one.store.state.own.camera).to.equal(false);
    await turning;
    expect(one.store.state.own.camera).to.equal(true);
    expect(told).to.deep.equal([false, true]);
  });

  it('V5 mutes the microphone, and the other side knows', async () => {
    const { caller, answerer } = await pair();
    await caller.setMicrophone(false);
    expect(caller.ownStream.getAudioTracks()[0]?.enabled).to.equal(false);
    expect(answerer.store.state.other.microphone).to.equal(false);
    await caller.setMicrophone(true);
    expect(caller.ownStream.getAudioTracks()[0]?.enabled).to.equal(true);
    expect(answerer.store.state.other.microphone).to.equal(true);
  });

  it('V5 mutes the sound of the other side, and the other side knows', async () => {
    const { caller, answerer } = await pair();
    await stateWhere(caller.store, () => caller.otherStream.getAudioTracks().length === 1);
    caller.setSound(false);
    expect(caller.otherStream.getAudioTracks()[0]?.enabled).to.equal(false);
    expect(answerer.store.state.other.sound).to.equal(false);
  });

  it('V8 falls back to voice when the camera is denied', async () => {
    MediaDevices.prototype.getUserMedia = function (wanted = {}) {
      if (wanted.video) return Promise.reject(new DOMException('no', 'NotAllowedError'));
      return getUserMedia.call(this, wanted);
    };
    const { caller } = await pair({ camera: true });
    const { own, cameraProblem } = await stateWhere(
      caller.store,
      ({ cameraProblem, own }) => cameraProblem !== null && own.microphone,
    );
    expect(cameraProblem).to.equal('denied');
    expect(own.camera).to.equal(false);
    expect(caller.store.state.status).to.equal('active');
  });

  it('V8 connects and listens when the microphone is denied, and takes it when it is granted later', async () => {
    MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    const { caller } = await pair();
    await stateWhere(caller.store, ({ microphoneProblem }) => microphoneProblem === 'denied');
    MediaDevices.prototype.getUserMedia = getUserMedia;
    await caller.setMicrophone(true);
    expect(caller.store.state.own.microphone).to.equal(true);
    expect(caller.store.state.microphoneProblem).to.equal(null);
  });

  it('V15 releases everything when it hangs up', async () => {
    const { caller } = await pair({ camera: true });
    await stateWhere(caller.store, ({ own }) => own.microphone && own.camera);
    const tracks = caller.ownStream.getTracks();
    caller.hangUp();
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['ended', 'ended']);
    expect(caller.ownStream.getTracks()).to.have.length(0);
    expect(caller.otherStream.getTracks()).to.have.length(0);
    expect(caller.store.state.status).to.equal('ended');
    expect(broker().open()).not.to.include('near1');
  });

  it('V15 notices within a second that the page of the other side is gone', async () => {
    const { caller, answerer, told } = await pair();
    const before = performance.now();
    caller.close();
    await stateWhere(answerer.store, ({ status }) => status === 'lost');
    expect(performance.now() - before).to.be.lessThan(1000);
    expect(told).to.include('answerer lost 1');
    expect(told).not.to.include('caller lost 1');
  });

  it('V17 ends with the page', async () => {
    const { caller } = await pair();
    const ended = stateWhere(caller.store, ({ status }) => status === 'ended');
    const gone = happens(window, 'pagehide');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    await gone;
    expect((await ended).own.microphone).to.equal(false);
  });
});
