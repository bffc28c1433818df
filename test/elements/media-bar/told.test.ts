import { expect, html } from '@open-wc/testing';
import '../../../components/define/vc-media-bar.ts';
import type { VcMediaBar } from '../../../components/elements/media-bar/vc-media-bar.ts';
import type { CallQuality, CallState } from '../../../components/store/call-handle.ts';
import { until } from '../until.ts';
import { type FakeCall, fakeCall } from './fake-call.ts';
import { inCall } from './in-call.ts';

const MINUTE = 60_000;

const barOf = async (call: FakeCall) => inCall<VcMediaBar>(html`<vc-media-bar></vc-media-bar>`, call);
const part = (bar: VcMediaBar, name: string) => bar.shadowRoot?.querySelector<HTMLElement>(`[part=${name}]`);

function button(bar: VcMediaBar, name: string): HTMLButtonElement {
  const found = bar.shadowRoot?.querySelector<HTMLButtonElement>(`button[aria-label='${name}']`);
  if (!found) throw new Error(`Cannot find ${name}`);
  return found;
}

describe('what vc-media-bar opens and tells', () => {
  describe('settings', () => {
    const settings = (bar: VcMediaBar) => bar.shadowRoot?.querySelector('vc-call-settings');
    const find = <T extends Element>(bar: VcMediaBar, selector: string) => {
      const found = settings(bar)?.renderRoot.querySelector<T>(selector);
      if (!found) throw new Error(`Cannot find ${selector} in the settings`);
      return found;
    };
    async function opened(call: FakeCall) {
      const { element, parentNode } = await barOf(call);
      button(element, 'Settings').click();
      await until(() => settings(element)?.renderRoot?.querySelector('select'));
      return { bar: element, parentNode };
    }

    it('V10 are accessible', async () => {
      const { bar } = await opened(fakeCall());
      await expect(bar).to.be.accessible();
    });

    it('V10 choose microphone, speaker, camera and resolution, and show what is used', async () => {
      const call = fakeCall();
      const { bar } = await opened(call);
      for (const [name, value] of [
        ['microphone', 'headset'],
        ['speaker', 'headset'],
        ['camera', 'back'],
        ['resolution', 'low'],
      ] as const) {
        const select = find<HTMLSelectElement>(bar, `[name=${name}]`);
        select.value = value;
        select.dispatchEvent(new Event('change'));
      }
      expect(call.asked).to.deep.equal([
        'microphone headset',
        'speaker headset',
        'camera back',
        'resolution low',
      ]);
      call.set({ devices: { ...call.store.state.devices, microphone: 'headset', resolution: 'high' } });
      await settings(bar)?.updateComplete;
      const used = ['microphone', 'speaker', 'camera', 'resolution'].map(
        (name) => find<HTMLSelectElement>(bar, `[name=${name}]`).value,
      );
      expect(used).to.deep.equal(['headset', '', '', 'high']);
    });

    it('V10 show how loud the microphone is', async () => {
      const call = fakeCall();
      const { bar } = await opened(call);
      const meter = find<HTMLElement>(bar, '[role=meter]');
      call.hear(0.42);
      expect(meter.getAttribute('aria-valuenow')).to.equal('42');
      expect((meter.firstElementChild?.clientWidth ?? 0) / meter.clientWidth).to.be.closeTo(0.42, 0.01);
    });

    it('V10 are gone when they are closed, and listen no more', async () => {
      const call = fakeCall();
      const { bar } = await opened(call);
      const meter = find(bar, '[role=meter]');
      button(bar, 'Settings').click();
      await until(() => !settings(bar));
      call.hear(0.9);
      expect(meter.getAttribute('aria-valuenow')).to.equal('0');
    });
  });

  describe('health', () => {
    const quality: CallQuality = {
      level: 'poor',
      cause: 'network',
      rtt: 202.4,
      loss: 0.052,
      sending: 318.2,
      receiving: 90,
      picture: { width: 480, height: 360, fps: 14.6 },
      relayed: true,
    };
    const health = (bar: VcMediaBar) => bar.shadowRoot?.querySelector('vc-call-health')?.renderRoot;
    const words = (node: Element | null | undefined) => node?.textContent?.replace(/\s+/g, ' ').trim();

    it('V11 says how well the call is carried and why, with figures on a click', async () => {
      const call = fakeCall({ quality });
      const { element } = await barOf(call);
      await until(() => health(element)?.querySelector('button'));
      const asked = health(element)?.querySelector('button');
      expect(asked?.getAttribute('aria-label')).to.equal('Connection: poor');
      const details = health(element)?.querySelector<HTMLElement>('#quality');
      expect(details?.checkVisibility()).to.equal(false);
      asked?.click();
      expect(details?.checkVisibility()).to.equal(true);
      expect(words(details?.querySelector('.cause'))).to.contain('network is slow');
      expect(words(details?.querySelector('dl')))
        .to.contain('202 ms')
        .and.contain('5.2 %')
        .and.contain('480 × 360');
      await expect(element).to.be.accessible();
      call.set({ quality: { ...quality, level: 'good', cause: null } });
      await element.updateComplete;
      await element.shadowRoot?.querySelector('vc-call-health')?.updateComplete;
      expect(asked?.getAttribute('aria-label')).to.equal('Connection: good');
    });

    for (const [dir, edge] of [
      ['ltr', 'left'],
      ['rtl', 'right'],
    ] as const)
      it(`V11 opens where the indicator begins, ${dir}`, async () => {
        const { element } = await barOf(fakeCall({ quality }));
        element.dir = dir;
        element.style.cssText = 'position: fixed; top: 100px; left: 300px; width: 200px';
        await until(() => health(element)?.querySelector('button'));
        health(element)?.querySelector('button')?.click();
        const at = (of: Element | null | undefined) => of?.getBoundingClientRect()[edge];
        const indicator = element.shadowRoot?.querySelector('vc-call-health');
        await until(() => at(health(element)?.querySelector('#quality')) === at(indicator));
      });

    it('A2 shows four words behind the shield', async () => {
      const { element } = await barOf(fakeCall({ safety: ['amber', 'river', 'violin', 'north'] }));
      await until(() => health(element)?.querySelector('button'));
      const shield = health(element)?.querySelector('button');
      expect(shield?.getAttribute('aria-label')).to.equal('Safety words');
      shield?.click();
      const popover = health(element)?.querySelector<HTMLElement>('#safety');
      expect(popover?.checkVisibility()).to.equal(true);
      expect(words(popover?.querySelector('.words'))).to.equal('amber · river · violin · north');
      await expect(element).to.be.accessible();
    });
  });

  describe('messages', () => {
    const messages: [row: string, text: string, state: Partial<CallState>][] = [
      ['V1', 'Waiting for Anna Berg to answer…', { status: 'waiting' }],
      ['V1', 'Waiting for an answer…', { status: 'waiting', otherName: '' }],
      ['V1', 'Connecting…', { status: 'connecting' }],
      ['V15', 'Connection lost, trying again', { status: 'lost' }],
      [
        'R1',
        'Waiting for Anna Berg to allow the recording…',
        { canRecord: true, recording: { status: 'asking', since: 0 } },
      ],
      ['R1', '', { canRecord: false, recording: { status: 'asking', since: 0 } }],
      ['V5', '', {}],
    ];
    for (const [row, text, state] of messages)
      it(`${row} says “${text}”`, async () => {
        const { element } = await barOf(fakeCall(state));
        const message = part(element, 'message');
        expect(message?.getAttribute('role')).to.equal('status');
        expect(message?.textContent).to.equal(text);
      });

    it('V8 says that a device gives nothing at once, and what helps as soon as that is here', async () => {
      const call = fakeCall({ microphoneProblem: 'denied' });
      const { element } = await barOf(call);
      expect(part(element, 'message')?.textContent).to.equal('Something is wrong with a device.');
      await until(() => part(element, 'message')?.querySelector('vc-device-help'));
      call.set({ microphoneProblem: null });
      await element.updateComplete;
      expect(part(element, 'message')?.childElementCount).to.equal(0);
    });
  });

  describe('clocks', () => {
    it('V5 shows how long the call lasts, as it goes on', async () => {
      const call = fakeCall();
      const { element } = await barOf(call);
      const clock = () => part(element, 'status')?.querySelector('[role=timer]')?.textContent;
      expect(clock()).to.equal(undefined);
      call.set({ activeSince: Date.now() - MINUTE - 4_900 });
      await element.updateComplete;
      expect(clock()).to.equal('1:04');
      await changeOf(element, () => clock() === '1:05');
    });

    it('R1 marks a recording, with its time, for who asked and for who allowed', async () => {
      for (const canRecord of [true, false]) {
        const call = fakeCall({ canRecord });
        const { element } = await barOf(call);
        expect(part(element, 'status')?.textContent).to.not.include('Recording');
        call.set({ recording: { status: 'on', since: Date.now() - 12_000 } });
        await element.updateComplete;
        expect(part(element, 'status')?.textContent).to.include('Recording 0:12');
        expect(part(element, 'message')?.textContent).to.equal('This call is being recorded.');
      }
    });
  });
});

/** Resolves when `holds`, looked at whenever the shadow tree changes. */
function changeOf(bar: VcMediaBar, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (!holds()) return;
      watch.disconnect();
      resolve();
    });
    watch.observe(bar.renderRoot, { subtree: true, childList: true, characterData: true });
  });
}
