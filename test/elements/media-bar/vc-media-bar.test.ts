import { ContextProvider } from '@lit/context';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../../components/define/vc-media-bar.ts';
import type { VcEventMap } from '../../../components/elements/events.ts';
import type { VcMediaBar } from '../../../components/elements/media-bar/vc-media-bar.ts';
import type { CallState } from '../../../components/store/call-handle.ts';
import { contactContext, createContactStore } from '../../../components/store/contact-store.ts';
import { type FakeCall, fakeCall } from './fake-call.ts';
import { inCall } from './in-call.ts';

const ALL_OFF = { microphone: false, camera: false, sound: false, screen: false };

const barOf = async (call: FakeCall | null) => inCall<VcMediaBar>(html`<vc-media-bar></vc-media-bar>`, call);
const buttons = (bar: VcMediaBar) => [...(bar.shadowRoot?.querySelectorAll('button') ?? [])];
const names = (bar: VcMediaBar) => buttons(bar).map((button) => button.getAttribute('aria-label'));
const part = (bar: VcMediaBar, name: string) => bar.shadowRoot?.querySelector<HTMLElement>(`[part=${name}]`);

function button(bar: VcMediaBar, name: string): HTMLButtonElement {
  const found = buttons(bar).find((one) => one.getAttribute('aria-label') === name);
  if (!found) throw new Error(`Cannot find ${name}: there is ${names(bar).join(', ')}`);
  return found;
}

describe('vc-media-bar', () => {
  const states: Record<string, Partial<CallState>> = {
    'a running, recorded call': {
      canRecord: true,
      activeSince: Date.now(),
      recording: { status: 'on', since: Date.now() },
    },
    'a lost call with everything off and both devices refused': {
      status: 'lost',
      own: ALL_OFF,
      canRecord: true,
      microphoneProblem: 'denied',
      cameraProblem: 'missing',
    },
  };
  for (const scheme of ['light', 'dark'])
    for (const [name, state] of Object.entries(states))
      it(`E3 is accessible in ${scheme}: ${name}`, async () => {
        const { element, parentNode } = await barOf(fakeCall(state));
        parentNode.style.setProperty('color-scheme', scheme);
        await expect(element).to.be.accessible();
      });

  describe('buttons', () => {
    interface Row {
      readonly row: string;
      readonly name: string;
      readonly request: keyof VcEventMap;
      readonly detail: object;
      readonly before?: Partial<CallState>;
      /** What the call reports when it is done, and the name then. */
      readonly after?: Partial<CallState>;
      readonly renamed?: string;
      readonly asked: string;
    }
    const on = { microphone: true, camera: true, sound: true, screen: false };
    const recording = { status: 'on', since: 0 } as const;
    const table: Row[] = [
      {
        row: 'V5',
        name: 'Mute microphone',
        request: 'vc-microphone-request',
        detail: { on: false },
        after: { own: { ...on, microphone: false } },
        renamed: 'Unmute microphone',
        asked: 'microphone false',
      },
      {
        row: 'V5',
        name: 'Unmute microphone',
        request: 'vc-microphone-request',
        detail: { on: true },
        before: { own: ALL_OFF },
        after: { own: on },
        renamed: 'Mute microphone',
        asked: 'microphone true',
      },
      {
        row: 'V5',
        name: 'Turn camera off',
        request: 'vc-camera-request',
        detail: { on: false },
        after: { own: { ...on, camera: false } },
        renamed: 'Turn camera on',
        asked: 'camera false',
      },
      {
        row: 'V5',
        name: 'Turn camera on',
        request: 'vc-camera-request',
        detail: { on: true },
        before: { own: ALL_OFF },
        after: { own: on },
        renamed: 'Turn camera off',
        asked: 'camera true',
      },
      {
        row: 'V5',
        name: 'Mute sound',
        request: 'vc-sound-request',
        detail: { on: false },
        after: { own: { ...on, sound: false } },
        renamed: 'Unmute sound',
        asked: 'sound false',
      },
      {
        row: 'V5',
        name: 'Unmute sound',
        request: 'vc-sound-request',
        detail: { on: true },
        before: { own: ALL_OFF },
        after: { own: on },
        renamed: 'Mute sound',
        asked: 'sound true',
      },
      {
        row: 'R1',
        name: 'Record',
        request: 'vc-recording-request',
        detail: { on: true },
        before: { canRecord: true },
        after: { recording },
        renamed: 'Stop recording',
        asked: 'startRecording',
      },
      {
        row: 'R1',
        name: 'Stop recording',
        request: 'vc-recording-request',
        detail: { on: false },
        before: { canRecord: true, recording },
        after: { recording: null },
        renamed: 'Record',
        asked: 'stopRecording',
      },
      {
        row: 'V6',
        name: 'Expand',
        request: 'vc-expand-request',
        detail: { on: true },
        after: { expanded: true },
        renamed: 'Collapse',
        asked: 'expanded true',
      },
      {
        row: 'V6',
        name: 'Collapse',
        request: 'vc-expand-request',
        detail: { on: false },
        before: { expanded: true },
        after: { expanded: false },
        renamed: 'Expand',
        asked: 'expanded false',
      },
      {
        row: 'V14',
        name: 'Share screen',
        request: 'vc-screen-request',
        detail: { on: true },
        after: { own: { ...on, screen: true } },
        renamed: 'Stop sharing',
        asked: 'screen true',
      },
      {
        row: 'V14',
        name: 'Stop sharing',
        request: 'vc-screen-request',
        detail: { on: false },
        before: { own: { ...on, screen: true } },
        after: { own: on },
        renamed: 'Share screen',
        asked: 'screen false',
      },
      { row: 'V15', name: 'Hang up', request: 'vc-hangup-request', detail: {}, asked: 'hangUp' },
    ];

    for (const { row, name, request, detail, before, after, renamed, asked } of table) {
      it(`${row} ${name} asks, and changes only with the call`, async () => {
        const call = fakeCall(before);
        const { element, parentNode } = await barOf(call);
        const heard = oneEvent(parentNode, request);
        button(element, name).click();
        const event = (await heard) as CustomEvent;
        expect(event.detail).to.deep.equal(detail);
        expect(event.composed && event.cancelable).to.equal(true);
        await element.updateComplete;
        expect(names(element)).to.include(name);
        expect(call.asked, 'its root element carries it out').to.deep.equal([]);
        if (!after || !renamed) return;
        call.set(after);
        await element.updateComplete;
        expect(names(element)).to.include(renamed).and.not.include(name);
      });

      it(`E3 ${name} is carried out on a call given as a property`, async () => {
        const call = fakeCall(before);
        const bar = await fixture<VcMediaBar>(html`<vc-media-bar .call=${call}></vc-media-bar>`);
        button(bar, name).click();
        await Promise.resolve();
        expect(call.asked).to.deep.equal([asked]);
      });
    }

    it('E3 a request cancelled above the bar is not carried out', async () => {
      const call = fakeCall();
      const { element, parentNode } = await barOf(null);
      element.call = call;
      await element.updateComplete;
      parentNode.addEventListener('vc-hangup-request', (event) => event.preventDefault(), { once: true });
      button(element, 'Hang up').click();
      await Promise.resolve();
      expect(call.asked).to.deep.equal([]);
      button(element, 'Hang up').click();
      await Promise.resolve();
      expect(call.asked).to.deep.equal(['hangUp']);
    });

    it('V14 Share screen is there only where the browser can', async () => {
      const { element } = await barOf(fakeCall({ canShareScreen: false }));
      expect(names(element)).to.not.include('Share screen');
    });

    it('V6 Detach video is there only where somebody can do it', async () => {
      const call = fakeCall();
      const { element, parentNode } = await barOf(call);
      expect(names(element)).to.not.include('Detach video');
      element.canDetach = true;
      await element.updateComplete;
      const heard = oneEvent(parentNode, 'vc-detach-request');
      button(element, 'Detach video').click();
      expect(((await heard) as CustomEvent).detail).to.deep.equal({ on: true });
      call.set({ detached: true });
      await element.updateComplete;
      expect(names(element)).to.include('Return video');
    });

    it('R6 Take snapshot is there for an agent, while there is a picture', async () => {
      const call = fakeCall();
      const { element, parentNode } = await barOf(call);
      expect(names(element)).to.not.include('Take snapshot');
      element.remove();
      new ContextProvider(parentNode, { context: contactContext, initialValue: createContactStore('agent') });
      parentNode.append(element);
      await element.updateComplete;
      await element.updateComplete;
      const heard = oneEvent(parentNode, 'vc-snapshot-request');
      button(element, 'Take snapshot').click();
      await heard;
      call.set({ other: ALL_OFF });
      await element.updateComplete;
      expect(button(element, 'Take snapshot').getAttribute('aria-disabled')).to.equal('true');
    });

    it('R1 Record is there only for who may record', async () => {
      const { element } = await barOf(fakeCall());
      expect(names(element)).to.not.include('Record');
    });

    it('R1 who may not record sees that it runs, and may stop it', async () => {
      const call = fakeCall({ recording: { status: 'asking', since: 0 } });
      const { element, parentNode } = await barOf(call);
      expect(names(element)).to.not.include('Stop recording');
      call.set({ recording: { status: 'on', since: Date.now() } });
      await element.updateComplete;
      const heard = oneEvent(parentNode, 'vc-recording-request');
      button(element, 'Stop recording').click();
      expect(((await heard) as CustomEvent).detail).to.deep.equal({ on: false });
    });

    for (const [when, state] of Object.entries({
      'while the other side is asked': { recording: { status: 'asking', since: 0 } },
      'before media flow': { status: 'connecting' },
    } as const satisfies Record<string, Partial<CallState>>))
      it(`R1 Record asks for nothing ${when}`, async () => {
        const { element, parentNode } = await barOf(fakeCall({ canRecord: true, ...state }));
        let asked = false;
        parentNode.addEventListener('vc-recording-request', () => {
          asked = true;
        });
        button(element, 'Record').click();
        expect(asked).to.equal(false);
        expect(button(element, 'Record').getAttribute('aria-disabled')).to.equal('true');
      });
  });

  describe('toolbar', () => {
    const press = (key: string) => {
      const target = document.activeElement?.shadowRoot?.activeElement;
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      target?.dispatchEvent(event);
      return event;
    };
    const focused = (bar: VcMediaBar) => bar.shadowRoot?.activeElement?.getAttribute('aria-label');
    const stops = (bar: VcMediaBar) =>
      buttons(bar)
        .filter(({ tabIndex }) => tabIndex === 0)
        .map((one) => one.getAttribute('aria-label'));

    it('E3 is one tab stop, named Call controls, walked with arrows, Home and End', async () => {
      const { element } = await barOf(fakeCall());
      const toolbar = part(element, 'toolbar');
      expect(toolbar?.getAttribute('role')).to.equal('toolbar');
      expect(toolbar?.getAttribute('aria-label')).to.equal('Call controls');
      expect(stops(element)).to.deep.equal(['Mute microphone']);

      button(element, 'Mute microphone').focus();
      const walk: [key: string, at: string][] = [
        ['ArrowRight', 'Turn camera off'],
        ['ArrowRight', 'Mute sound'],
        ['ArrowLeft', 'Turn camera off'],
        ['End', 'Hang up'],
        ['ArrowRight', 'Mute microphone'],
        ['ArrowLeft', 'Hang up'],
        ['Home', 'Mute microphone'],
      ];
      for (const [key, at] of walk) {
        expect(press(key).defaultPrevented, key).to.equal(true);
        await element.updateComplete;
        expect(focused(element), key).to.equal(at);
        expect(stops(element), key).to.deep.equal([at]);
      }
      expect(press('a').defaultPrevented).to.equal(false);
    });

    it('E3 walks the other way where text runs from right to left', async () => {
      const { element, parentNode } = await barOf(fakeCall());
      parentNode.dir = 'rtl';
      button(element, 'Mute microphone').focus();
      press('ArrowLeft');
      expect(focused(element)).to.equal('Turn camera off');
    });

    it('E3 keeps the focus on a button whose name changes', async () => {
      const call = fakeCall();
      const { element } = await barOf(call);
      button(element, 'Turn camera off').focus();
      call.set({ own: ALL_OFF });
      await element.updateComplete;
      expect(focused(element)).to.equal('Turn camera on');
    });
  });

  it('E3 is empty without a call and after its end', async () => {
    const call = fakeCall();
    const { element, use } = await barOf(null);
    expect(part(element, 'toolbar')).to.equal(null);
    use(call);
    await element.updateComplete;
    expect(part(element, 'toolbar')).to.not.equal(null);
    call.set({ status: 'ended' });
    await element.updateComplete;
    expect(part(element, 'toolbar')).to.equal(null);
  });

  it('E3 prefers its own call to the one around it', async () => {
    const { element } = await barOf(fakeCall({ expanded: true }));
    element.call = fakeCall({ expanded: false });
    await element.updateComplete;
    expect(names(element)).to.include('Expand');
    element.call = null;
    await element.updateComplete;
    expect(names(element)).to.include('Collapse');
  });

  it('E3 shows the call as it is after it was taken out of the page and put back', async () => {
    const call = fakeCall();
    const { element, parentNode } = await barOf(call);
    element.remove();
    call.set({ own: ALL_OFF });
    parentNode.append(element);
    await element.updateComplete;
    expect(names(element)).to.include('Unmute microphone');
    call.set({ own: { microphone: true, camera: true, sound: true, screen: false } });
    await element.updateComplete;
    expect(names(element)).to.include('Mute microphone');
  });
});
