import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { VcEvent } from '../../../components/elements/events.ts';
import '../../../components/elements/parts/vc-pre-join.ts';
import type { JoinDetail, VcPreJoin } from '../../../components/elements/parts/vc-pre-join.ts';
import { tokens } from '../../../components/elements/tokens.ts';
import type { CallState } from '../../../components/store/call-handle.ts';
import { colouredCamera } from '../media/synthetic-media.ts';
import { type FakeCall, fakeCall } from '../media-bar/fake-call.ts';
import { until } from '../until.ts';

type Preview = FakeCall & { closed: boolean; close(): void };
const OFF = { microphone: false, camera: false, sound: true, screen: false };

interface Options {
  readonly state?: Partial<CallState>;
  readonly alone?: boolean;
  /** How loading the code ends; by default well. */
  readonly loading?: () => Promise<never>;
}

/** A pre-join whose devices are the test's. */
async function preJoin({ state = {}, alone = false, loading }: Options = {}) {
  const previews: Preview[] = [];
  const asked: boolean[] = [];
  const around = await fixture<HTMLElement>(html`<div></div>`);
  around.style.setProperty('inline-size', '384px');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens.cssText.replaceAll(':host', 'vc-pre-join'));
  document.adoptedStyleSheets = [sheet];
  const createPreview = ({ camera }: { camera: boolean }) => {
    asked.push(camera);
    const call = fakeCall(state, { ownStream: new MediaStream([colouredCamera('#00f', 64, 48)]) });
    const preview = Object.assign(call, {
      closed: false,
      close() {
        preview.closed = true;
      },
    });
    previews.push(preview);
    return preview;
  };
  around.addEventListener('vc-preview-request', (event: VcEvent<'vc-preview-request'>) =>
    event.detail.use(loading?.() ?? Promise.resolve({ createPreview })),
  );
  const element = await fixture<VcPreJoin>(html`<vc-pre-join camera ?alone=${alone}></vc-pre-join>`, {
    parentNode: around,
  });
  if (!loading) await until(() => previews.length);
  await element.updateComplete;
  const find = <E extends HTMLElement>(selector: string) => element.renderRoot.querySelector<E>(selector);
  const button = (name: string) => {
    const found = [...element.renderRoot.querySelectorAll('button')].find(
      (each) => (each.ariaLabel ?? each.textContent?.trim()) === name,
    );
    if (!found) throw new Error(`Cannot find the button ${name}: it is not shown`);
    return found;
  };
  const text = () => (element.renderRoot.textContent ?? '').replace(/\s+/g, ' ');
  const preview = () => {
    const [last] = previews.slice(-1);
    if (!last) throw new Error('Cannot use the devices: none were opened');
    return last;
  };
  return { element, around, asked, find, button, text, preview };
}

describe('vc-pre-join', () => {
  afterEach(() => {
    document.adoptedStyleSheets = [];
  });

  for (const [name, state] of Object.entries<Partial<CallState>>({
    'with both devices': {},
    'with both refused': { own: OFF, microphoneProblem: 'denied', cameraProblem: 'missing' },
    'while the browser asks': { own: OFF },
  }))
    it(`V9 is accessible ${name}`, async () => {
      const { element, find } = await preJoin({ state });
      await until(() => find('vc-call-settings')?.shadowRoot?.querySelector('select'));
      await expect(element).to.be.accessible();
    });

  it('V9 shows the own picture mirrored, the loudness of the microphone and what can be chosen', async () => {
    const { find, preview, asked } = await preJoin();
    expect(asked).to.deep.equal([true]);
    const video = find<HTMLVideoElement>('video');
    await until(() => video?.videoWidth);
    expect(video && getComputedStyle(video).transform).to.equal('matrix(-1, 0, 0, 1, 0, 0)');
    await until(() => find('vc-call-settings')?.shadowRoot?.querySelector('select'));
    const settings = find('vc-call-settings')?.shadowRoot;
    preview().hear(0.5);
    expect(settings?.querySelector('[role=meter]')?.getAttribute('aria-valuenow')).to.equal('50');
    const names = [...(settings?.querySelectorAll('select') ?? [])].map(({ name }) => name);
    expect(names).to.deep.equal(['microphone', 'speaker', 'camera', 'resolution']);
    expect([...(settings?.querySelectorAll('button') ?? [])].map((one) => one.textContent)).to.deep.equal([
      'Play test sound',
    ]);
    expect(settings?.querySelector('video')?.checkVisibility(), 'one picture is enough').to.equal(false);
  });

  it('V9 joins with what is on, and has let go of the devices before', async () => {
    const { element, button, preview } = await preJoin();
    const joined = oneEvent(element, 'join');
    element.addEventListener('join', () => expect(preview().closed).to.equal(true));
    button('Join now').click();
    expect(((await joined) as CustomEvent<JoinDetail>).detail).to.deep.equal({
      microphone: true,
      camera: true,
    });
  });

  it('V9 joins without a picture when the camera was switched off here', async () => {
    const { element, button, preview } = await preJoin();
    button('Turn camera off').click();
    expect(preview().asked).to.deep.equal(['camera false']);
    preview().set({ own: { ...OFF, microphone: true } });
    await element.updateComplete;
    const joined = oneEvent(element, 'join');
    button('Join now').click();
    expect(((await joined) as CustomEvent<JoinDetail>).detail).to.deep.equal({
      microphone: true,
      camera: false,
    });
  });

  it('V9 joins muted when the microphone was switched off here', async () => {
    const { element, button, preview } = await preJoin();
    button('Mute microphone').click();
    expect(preview().asked).to.deep.equal(['microphone false']);
    const joined = oneEvent(element, 'join');
    button('Join now').click();
    expect(((await joined) as CustomEvent<JoinDetail>).detail).to.deep.equal({
      microphone: false,
      camera: true,
    });
  });

  it('V9 says that the browser asks, until it was answered', async () => {
    const { element, preview, text } = await preJoin({ state: { own: OFF } });
    expect(text()).to.contain('choose “Allow”');
    preview().set({ own: { ...OFF, microphone: true } });
    await element.updateComplete;
    expect(text()).to.not.contain('choose “Allow”');
    expect(text()).to.contain('Your camera is off');
  });

  it('V8 explains a refused device here, tries again here alone, and lets join all the same', async () => {
    const { find, button, around, preview, text } = await preJoin({
      state: { own: OFF, microphoneProblem: 'denied' },
    });
    let heard = false;
    around.addEventListener('vc-microphone-request', () => {
      heard = true;
    });
    await until(() => find('vc-device-help')?.shadowRoot?.querySelector('button'));
    find('vc-device-help')?.shadowRoot?.querySelector('button')?.click();
    expect([preview().asked, heard]).to.deep.equal([['microphone true'], false]);
    expect(text()).to.contain('Nobody will hear you');
    expect(button('Join now').disabled).to.equal(false);
  });

  it('V9 is left by its button and by Escape, and releases the devices when it goes', async () => {
    const { element, button, preview } = await preJoin();
    let left = 0;
    element.addEventListener('leave', () => left++);
    button('Back').click();
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(left).to.equal(2);
    element.remove();
    expect(preview().closed).to.equal(true);
  });

  it('V9 has nothing to join where it is opened from the settings', async () => {
    const { element, button, find } = await preJoin({ alone: true });
    expect(find('footer')?.textContent?.trim()).to.equal('Done');
    const left = oneEvent(element, 'leave');
    button('Done').click();
    await left;
  });

  it('V9 says that its code did not come, and lets try again', async () => {
    const { element, find, text } = await preJoin({ loading: () => Promise.reject(new Error('offline')) });
    await until(() => find('[role=alert]'));
    await element.updateComplete;
    expect(text()).to.contain('could not be loaded');
  });

  it('V19 checks the connection with one click', async () => {
    const { button, find } = await preJoin();
    button('Check the connection').click();
    await until(() => find('vc-connection-check')?.shadowRoot?.querySelector('ul'));
    expect(find('vc-connection-check')?.shadowRoot?.querySelector('ul')?.ariaLabel).to.equal('Results');
  });
});
