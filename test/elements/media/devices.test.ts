import { expect } from '@open-wc/testing';
import { openDevices } from '../../../components/media/devices.ts';

const { getUserMedia } = MediaDevices.prototype;
const CHOICES = { microphone: '', camera: '', speaker: '', resolution: 'default' } as const;
const live = new AbortController().signal;
const refuse = (name: string) => () => Promise.reject(new DOMException(name, name));

/** Stands for devices of which some answer with an error. */
function fakeDevices(
  refusals: { audio?: string; video?: string },
  asked: MediaStreamConstraints[] = [],
): void {
  MediaDevices.prototype.getUserMedia = function (wanted = {}) {
    asked.push(wanted);
    const name = (wanted.video && refusals.video) || (wanted.audio && refusals.audio);
    return name ? refuse(name)() : getUserMedia.call(this, wanted);
  };
}

const kinds = (opened: object) =>
  Object.fromEntries(
    Object.entries(opened).map(([name, found]) => [name, typeof found === 'string' ? found : found.kind]),
  );

describe('devices', () => {
  afterEach(() => {
    MediaDevices.prototype.getUserMedia = getUserMedia;
  });

  it('V1 asks for microphone and camera in one prompt', async () => {
    const asked: MediaStreamConstraints[] = [];
    fakeDevices({}, asked);
    const opened = await openDevices(['microphone', 'camera'], CHOICES, live);
    expect(kinds(opened)).to.deep.equal({ microphone: 'audio', camera: 'video' });
    expect(asked).to.have.length(1);
    expect(asked[0]?.audio).to.include({ echoCancellation: true, noiseSuppression: true });
    expect(asked[0]?.video).to.eql({ facingMode: 'user' });
  });

  it('V8 has the microphone when the camera is denied', async () => {
    fakeDevices({ video: 'NotAllowedError' });
    expect(kinds(await openDevices(['microphone', 'camera'], CHOICES, live))).to.deep.equal({
      microphone: 'audio',
      camera: 'denied',
    });
  });

  it('V8 has the camera when there is no microphone', async () => {
    fakeDevices({ audio: 'NotFoundError' });
    const opened = await openDevices(['microphone', 'camera'], CHOICES, live);
    expect(kinds(opened)).to.deep.equal({ microphone: 'missing', camera: 'video' });
  });

  for (const [name, problem] of [
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'unsupported'],
  ] as const) {
    it(`V8 says "${problem}" for ${name}`, async () => {
      fakeDevices({ audio: name });
      expect(await openDevices(['microphone'], CHOICES, live)).to.deep.equal({ microphone: problem });
    });
  }

  it('V20 says that HTTPS is needed', async () => {
    const secure = Object.getOwnPropertyDescriptor(globalThis, 'isSecureContext') as PropertyDescriptor;
    Object.defineProperty(globalThis, 'isSecureContext', { value: false, configurable: true });
    const opened = await openDevices(['microphone'], CHOICES, live);
    Object.defineProperty(globalThis, 'isSecureContext', secure);
    expect(opened).to.deep.equal({ microphone: 'insecure' });
  });

  it('V15 switches off a device that is granted after the hang-up', async () => {
    const ending = new AbortController();
    const opening = openDevices(['camera'], CHOICES, ending.signal);
    ending.abort();
    const { camera } = await opening;
    expect((camera as MediaStreamTrack).readyState).to.equal('ended');
  });
});
