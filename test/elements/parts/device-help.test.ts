import { expect, html, oneEvent } from '@open-wc/testing';
import { browserOf, stepsFor } from '../../../components/elements/parts/browser-steps.ts';
import { tokens } from '../../../components/elements/tokens.ts';
import '../../../components/elements/parts/vc-device-help.ts';
import type { VcDeviceHelp } from '../../../components/elements/parts/vc-device-help.ts';
import type { DeviceProblem } from '../../../components/store/call-handle.ts';
import { type FakeCall, fakeCall } from '../media-bar/fake-call.ts';
import { inCall } from '../media-bar/in-call.ts';

const helpFor = async (call: FakeCall, { chat = true } = {}) => {
  const around = await inCall<VcDeviceHelp>(
    html`<vc-device-help .devices=${call} ?has-chat=${chat}></vc-device-help>`,
    call,
  );
  // Alone it has no root that brings the colours.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens.cssText.replace(':host', 'vc-device-help'));
  document.adoptedStyleSheets = [sheet];
  await around.element.updateComplete;
  return around;
};
const words = (element: VcDeviceHelp, selector = '.problem') =>
  [...element.renderRoot.querySelectorAll(selector)].map((each) =>
    (each.textContent ?? '').replace(/\s+/g, ' ').trim(),
  );
const button = (element: VcDeviceHelp, name: string) =>
  [...element.renderRoot.querySelectorAll('button')].find((each) => each.textContent === name);

const AGENTS = {
  chrome: ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36', 0],
  edge: ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0', 0],
  firefox: ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 0],
  safari: [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15',
    0,
  ],
  'ios-safari': [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15',
    5,
  ],
  'ios-other': [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile Safari/604.1',
    5,
  ],
  'android-chrome': [
    'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36',
    5,
  ],
  'android-firefox': ['Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 5],
  other: ['Something/1.0', 0],
} as const;

describe('vc-device-help', () => {
  afterEach(() => {
    document.adoptedStyleSheets = [];
  });

  for (const scheme of ['light', 'dark'])
    it(`V8 is accessible in ${scheme}, with its steps open`, async () => {
      const { element, parentNode } = await helpFor(
        fakeCall({ microphoneProblem: 'denied', cameraProblem: 'missing' }),
      );
      parentNode.style.setProperty('color-scheme', scheme);
      element.renderRoot.querySelector('summary')?.click();
      await expect(element).to.be.accessible();
    });

  for (const problem of ['denied', 'missing', 'busy', 'insecure', 'unsupported'] as DeviceProblem[])
    it(`V8 says of a ${problem} device what is wrong and what goes on without it`, async () => {
      const call = fakeCall({ microphoneProblem: problem });
      const { element } = await helpFor(call);
      expect(words(element)).to.have.length(1);
      expect(words(element)[0]).to.match(/microphone.*You hear the other side, and you can write\./);
      call.set({ microphoneProblem: null, cameraProblem: problem });
      await element.updateComplete;
      expect(words(element)).to.have.length(1);
      expect(words(element)[0])
        .to.match(/camera.*The call goes on by voice\./)
        .and.not.include('microphone');
      const canTry = problem !== 'insecure' && problem !== 'unsupported';
      expect(Boolean(button(element, 'Try again'))).to.equal(canTry);
      expect(element.renderRoot.querySelector('details') !== null).to.equal(problem === 'denied');
    });

  it('V8 explains once what keeps both devices, and tries both again', async () => {
    const call = fakeCall({ microphoneProblem: 'denied', cameraProblem: 'denied' });
    const { element, parentNode } = await helpFor(call);
    expect(words(element)[1]).to.equal('Your camera is blocked.');
    expect(element.renderRoot.querySelectorAll('details')).to.have.length(1);
    const asked: string[] = [];
    for (const type of ['vc-microphone-request', 'vc-camera-request'])
      parentNode.addEventListener(type, () => asked.push(type));
    button(element, 'Try again')?.click();
    expect(asked).to.deep.equal(['vc-microphone-request', 'vc-camera-request']);
    call.set({ microphoneProblem: null });
    await element.updateComplete;
    expect(words(element)).to.have.length(1);
    expect(words(element)[0]).to.contain('How to allow it');
  });

  it('V8 asks for the device again without a new page', async () => {
    const { element, parentNode } = await helpFor(fakeCall({ cameraProblem: 'denied' }));
    const heard = oneEvent(parentNode, 'vc-camera-request');
    button(element, 'Try again')?.click();
    expect(((await heard) as CustomEvent).detail).to.deep.equal({ on: true });
  });

  it('V10 says which device is gone and what is used now, until that was read', async () => {
    const call = fakeCall({ notice: { device: 'microphone', gone: 'Headset', now: 'Built-in microphone' } });
    const { element } = await helpFor(call);
    expect(words(element)).to.deep.equal(['Your Headset is gone, using Built-in microphone.']);
    call.set({ notice: { device: 'camera', gone: '', now: null } });
    await element.updateComplete;
    expect(words(element)).to.deep.equal(['Your camera is gone.']);
    element.renderRoot.querySelector<HTMLElement>('[aria-label=Dismiss]')?.click();
    await element.updateComplete;
    expect([words(element), call.asked]).to.deep.equal([[], ['dismissNotice']]);
  });

  it('V14 says why the screen is not shared', async () => {
    const call = fakeCall({ screenProblem: 'unsupported' });
    const { element } = await helpFor(call);
    expect(words(element)).to.deep.equal(['This browser cannot share a screen.']);
    call.set({ screenProblem: null });
    await element.updateComplete;
    expect(words(element)).to.deep.equal([]);
  });

  it('V8 leads from a call without a microphone to the chat, where there is one', async () => {
    const call = fakeCall({ microphoneProblem: 'denied' });
    const { element, parentNode } = await helpFor(call);
    const heard = oneEvent(parentNode, 'vc-hangup-request');
    button(element, 'Go on in the chat')?.click();
    await heard;
    element.hasChat = false;
    await element.updateComplete;
    expect(button(element, 'Go on in the chat')).to.equal(undefined);
  });

  it('V8 takes a device by itself that is allowed meanwhile', async () => {
    const { query } = Permissions.prototype;
    const statuses: Record<string, EventTarget & { state: string }> = {};
    Permissions.prototype.query = async ({ name }) => {
      const status = Object.assign(new EventTarget(), { state: 'denied' });
      statuses[name] = status;
      return status as unknown as PermissionStatus;
    };
    try {
      const call = fakeCall({ microphoneProblem: 'denied' });
      const { element, parentNode } = await helpFor(call);
      const asked: string[] = [];
      for (const type of ['vc-microphone-request', 'vc-camera-request'])
        parentNode.addEventListener(type, () => asked.push(type));
      const allow = async (name: string) => {
        const status = statuses[name];
        if (!status) throw new Error(`Cannot allow ${name}: nobody asked for it`);
        status.state = 'granted';
        status.dispatchEvent(new Event('change'));
      };
      await allow('camera');
      expect(asked, 'nothing is wrong with the camera').to.deep.equal([]);
      await allow('microphone');
      expect(asked).to.deep.equal(['vc-microphone-request']);
      element.remove();
      await allow('microphone');
      expect(asked, 'it is gone').to.have.length(1);
    } finally {
      Permissions.prototype.query = query;
    }
  });

  for (const [family, [userAgent, touchPoints]] of Object.entries(AGENTS))
    it(`V8 knows the steps for ${family}`, () => {
      const own = browserOf(userAgent, touchPoints);
      expect(own.family).to.equal(family);
      const steps = stepsFor('camera', own);
      expect(steps).to.have.length.above(3);
      expect(steps.join(' '))
        .to.match(/[Cc]amera/)
        .and.not.match(/\{|microphone/);
    });

  it('V8 names the system that must allow it as well', () => {
    const last = ([userAgent, touch]: readonly [string, number]) =>
      stepsFor('microphone', browserOf(userAgent, touch)).at(-1);
    expect(last(AGENTS.safari)).to.equal(
      'On a Mac, Safari itself must be allowed: System Settings, Privacy & Security, “Microphone”.',
    );
    expect(last(AGENTS.edge)).to.match(/^Windows itself/);
    expect(last(AGENTS['android-chrome'])).to.match(/Settings, Apps, Chrome, Permissions/);
    expect(last(AGENTS.chrome)).to.equal('Does it stay blocked? Load this page anew.');
  });
});
