import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { levelOf } from '../../../components/media/meter.ts';
import { createPreview } from '../../../components/media/preview.ts';
import type { DevicePreview } from '../../../components/store/device-handle.ts';
import { until } from '../until.ts';
import { colouredCamera, toneMicrophone } from './synthetic-media.ts';
import { stateWhere } from './wait-for.ts';

const { getUserMedia, enumerateDevices } = MediaDevices.prototype;
const made: DevicePreview[] = [];

function preview(camera = true): DevicePreview {
  const one = createPreview({ camera });
  made.push(one);
  return one;
}

const ready = (one: DevicePreview, camera = true) =>
  stateWhere(
    one.store,
    ({ own, devices }) => own.microphone && own.camera === camera && devices.microphones.length > 0,
  );

const nameOf = (one: DevicePreview, kind: 'audio' | 'video') =>
  one.ownStream.getTracks().find((track) => track.kind === kind)?.label;

/** Stands for a computer with these devices; the first one of a kind is the default. */
function plugIn(...names: string[]): void {
  const devices = names.map((name) => {
    const [kind, id] = name.split(' ') as [MediaDeviceKind, string];
    return { kind, deviceId: id, label: id, groupId: '', toJSON() {} };
  });
  const find = (kind: string, wanted: boolean | MediaTrackConstraints | undefined) => {
    if (!wanted) return undefined;
    const chosen = typeof wanted === 'object' ? (wanted.deviceId as { exact?: string } | undefined) : {};
    const [first, ...others] = devices.filter((device) => device.kind === kind);
    if (!first) throw new DOMException('none', 'NotFoundError');
    // As with browsers that ask which one to take, a wish alone does not count.
    if (!chosen?.exact) return first;
    const found = [first, ...others].find(({ deviceId }) => deviceId === chosen.exact);
    if (!found) throw new DOMException('gone', 'OverconstrainedError');
    return found;
  };
  const named = (track: MediaStreamTrack, id: string) => {
    Object.defineProperty(track, 'label', { value: id });
    track.getSettings = () => ({ deviceId: id });
    return track;
  };
  MediaDevices.prototype.enumerateDevices = async () => devices;
  MediaDevices.prototype.getUserMedia = async ({ audio, video } = {}) => {
    const [heard, seen] = [find('audioinput', audio), find('videoinput', video)];
    return new MediaStream([
      ...(heard ? [named(toneMicrophone(context, 440), heard.deviceId)] : []),
      ...(seen ? [named(colouredCamera('red', 64, 48), seen.deviceId)] : []),
    ]);
  };
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}

/** What a browser does with the track of a device that was pulled out. */
function pullOut(one: DevicePreview, kind: 'audio' | 'video', ...left: string[]): void {
  plugIn(...left);
  const track = one.ownStream.getTracks().find((track) => track.kind === kind) as MediaStreamTrack;
  track.stop();
  track.dispatchEvent(new Event('ended'));
}

let context: AudioContext;

describe('own devices', () => {
  // Nothing sounds on a page that nobody touched.
  before(async () => {
    await sendMouse({ type: 'click', position: [1, 1] });
    context = new AudioContext();
  });
  after(() => context.close());
  beforeEach(() => localStorage.clear());
  afterEach(() => {
    for (const one of made.splice(0)) one.close();
    MediaDevices.prototype.getUserMedia = getUserMedia;
    MediaDevices.prototype.enumerateDevices = enumerateDevices;
    localStorage.clear();
  });

  it('V9 shows camera and microphone before a call, and releases them', async () => {
    const one = preview();
    const { devices } = await stateWhere(one.store, ({ devices }) => devices.camera !== '');
    expect(devices.cameras.length).to.be.greaterThan(0);
    expect(devices.cameras.map(({ id }) => id)).to.include(devices.camera);
    expect(devices.microphones.map(({ id }) => id)).to.include(devices.microphone);
    const tracks = one.ownStream.getTracks();
    one.close();
    expect(tracks.map(({ readyState }) => readyState)).to.eql(['ended', 'ended']);
    expect(one.ownStream.getTracks()).to.eql([]);
    expect(one.store.state.own).to.include({ microphone: false, camera: false });
  });

  it('V10 changes devices while they run, and remembers the choice for the next call', async () => {
    plugIn('audioinput desk', 'audioinput headset', 'videoinput front', 'videoinput back');
    const one = preview();
    await ready(one);
    await one.chooseDevice('camera', 'back');
    await one.chooseDevice('microphone', 'headset');
    expect([nameOf(one, 'audio'), nameOf(one, 'video')]).to.eql(['headset', 'back']);
    await stateWhere(
      one.store,
      ({ devices }) => devices.camera === 'back' && devices.microphone === 'headset',
    );
    expect(one.store.state.own).to.include({ microphone: true, camera: true });

    const next = preview();
    await ready(next);
    expect([nameOf(next, 'audio'), nameOf(next, 'video')]).to.eql(['headset', 'back']);
  });

  it('V10 a muted microphone stays muted when another takes its place', async () => {
    plugIn('audioinput desk', 'audioinput headset');
    const one = preview(false);
    await ready(one, false);
    await one.setMicrophone(false);
    await one.chooseDevice('microphone', 'headset');
    expect(one.store.state.own.microphone).to.equal(false);
    expect(one.ownStream.getAudioTracks()[0]?.enabled).to.equal(false);
  });

  it('V10 an unplugged device falls back to another, says so, and stays the choice for later', async () => {
    plugIn('audioinput desk', 'audioinput headset', 'videoinput front');
    localStorage.setItem('vicino-devices', JSON.stringify({ microphone: 'headset' }));
    const one = preview();
    await ready(one);
    pullOut(one, 'audio', 'audioinput desk', 'videoinput front');
    const { notice, own } = await stateWhere(one.store, ({ notice }) => notice !== null);
    expect(notice).to.eql({ device: 'microphone', gone: 'headset', now: 'desk' });
    expect(own.microphone).to.equal(true);
    expect(nameOf(one, 'audio')).to.equal('desk');
    one.dismissNotice();
    expect(one.store.state.notice).to.equal(null);
    expect(JSON.parse(localStorage.getItem('vicino-devices') ?? '{}').microphone).to.equal('headset');
  });

  it('V10 says so when nothing takes the place of a camera', async () => {
    plugIn('audioinput desk', 'videoinput front');
    const one = preview();
    await ready(one);
    pullOut(one, 'video', 'audioinput desk');
    const { notice, own, cameraProblem } = await stateWhere(one.store, ({ notice }) => notice !== null);
    expect(notice).to.eql({ device: 'camera', gone: 'front', now: null });
    expect([own.camera, cameraProblem]).to.eql([false, 'missing']);
  });

  it('V10 the sound goes back to the default when the speaker is gone', async () => {
    plugIn('audioinput desk', 'audiooutput box', 'audiooutput headset');
    const one = preview(false);
    await ready(one, false);
    await one.chooseDevice('speaker', 'headset');
    expect(one.store.state.devices.speaker).to.equal('headset');
    plugIn('audioinput desk', 'audiooutput box');
    const { notice, devices } = await stateWhere(one.store, ({ notice }) => notice !== null);
    expect(notice).to.eql({ device: 'speaker', gone: 'headset', now: 'box' });
    expect(devices.speaker).to.equal('');
  });

  it('V10 asks the camera for 720 or 360 lines, and for its own size again', async () => {
    const one = preview();
    await ready(one);
    const size = () => one.ownStream.getVideoTracks()[0]?.getSettings().height;
    const own = size();
    const [camera] = one.ownStream.getVideoTracks() as [MediaStreamTrack];
    const asked: unknown[] = [];
    const { applyConstraints } = camera;
    camera.applyConstraints = (wanted) => {
      asked.push(wanted?.height);
      return applyConstraints.call(camera, wanted);
    };
    await one.setResolution('high');
    await one.setResolution('low');
    expect(asked).to.eql([{ ideal: 720 }, { ideal: 360 }]);
    expect(size()).to.equal(360);
    await one.setResolution('default');
    expect(size()).to.equal(own);
    expect(one.store.state.devices.resolution).to.equal('default');
  });

  it('V9 measures the voice only while somebody looks', async () => {
    const contexts: AudioContext[] = [];
    const Native = globalThis.AudioContext;
    plugIn('audioinput desk');
    const one = preview(false);
    await ready(one, false);
    globalThis.AudioContext = class extends Native {
      constructor() {
        super();
        contexts.push(this);
      }
    };
    expect(contexts).to.have.length(0);
    let level = 0;
    const stops = [
      one.meter.subscribe((state) => {
        level = state.level;
      }),
      one.meter.subscribe(() => {}),
    ];
    globalThis.AudioContext = Native;
    expect(contexts).to.have.length(1);
    await until(() => level > 0.5);
    await one.setMicrophone(false);
    await until(() => level === 0);
    for (const stop of stops) stop();
    await until(() => contexts[0]?.state === 'closed');
  });

  it('V9 hears in decibels', () => {
    expect(levelOf([0, 0])).to.equal(0);
    expect(levelOf([1, -1])).to.equal(1);
    expect(levelOf([0.001, -0.001])).to.be.closeTo(0, 0.001);
    expect(levelOf([0.03162, -0.03162])).to.be.closeTo(0.5, 0.001);
  });
});
