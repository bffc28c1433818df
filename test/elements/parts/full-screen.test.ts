import { ContextProvider } from '@lit/context';
import { expect, html } from '@open-wc/testing';
import type { VcCallArea } from '../../../components/elements/parts/vc-call-area.ts';
import '../../../components/elements/parts/vc-call-area.ts';
import { contactContext, createContactStore } from '../../../components/store/contact-store.ts';
import { fakeCall } from '../media-bar/fake-call.ts';
import { inCall } from '../media-bar/in-call.ts';
import { until } from '../until.ts';
import { aView } from './contact-fixture.ts';

/** The area of an expanded call, in a browser whose screen the test fills. */
async function expanded() {
  const call = fakeCall({ expanded: true });
  const { element, parentNode } = await inCall<VcCallArea>(html`<vc-call-area></vc-call-area>`, call, 720);
  await until(() => element.renderRoot.querySelector('vc-full-screen'));
  const part = () => element.renderRoot.querySelector('vc-full-screen');
  const button = () => part()?.renderRoot.querySelector('button') ?? null;
  await part()?.updateComplete;
  return { call, element, parentNode, part, button };
}

describe('vc-full-screen', () => {
  const { requestFullscreen, matches } = Element.prototype;
  const { exitFullscreen } = Document.prototype;
  let filled: Element | null;
  beforeEach(() => {
    filled = null;
    // A screen is given for a real click alone.
    const become = (element: Element, on: boolean) => {
      filled = on ? element : null;
      element.dispatchEvent(new Event('fullscreenchange', { bubbles: true, composed: true }));
    };
    Element.prototype.requestFullscreen = async function () {
      become(this, true);
    };
    Element.prototype.matches = function (this: Element, selector: string) {
      return selector === ':fullscreen' ? filled === this : matches.call(this, selector);
    } as typeof matches;
    Document.prototype.exitFullscreen = async () => {
      if (filled) become(filled, false);
    };
  });
  afterEach(() => {
    Object.assign(Element.prototype, { requestFullscreen, matches });
    Object.assign(Document.prototype, { exitFullscreen });
  });

  it('V6 is accessible', async () => {
    const { part } = await expanded();
    await expect(part()).to.be.accessible();
  });

  it('V6 lets the expanded call fill the screen, and come back', async () => {
    const { element, part, button, call } = await expanded();
    expect(button()?.ariaLabel).to.equal('Full screen');
    button()?.click();
    await part()?.updateComplete;
    expect(filled).to.equal(element);
    expect(button()?.ariaLabel).to.equal('Leave full screen');
    button()?.click();
    await part()?.updateComplete;
    expect([filled, button()?.ariaLabel]).to.deep.equal([null, 'Full screen']);
    expect(button()?.offsetWidth).to.be.at.least(44);
    call.set({ expanded: false });
    await element.updateComplete;
    expect(part(), 'a small one has Expand').to.equal(null);
  });

  it('V6 comes back by itself when the call ends, or gets a window of its own', async () => {
    for (const change of [{ status: 'ended' }, { detached: true }, { expanded: false }] as const) {
      const { element, button, call } = await expanded();
      button()?.click();
      expect(filled).to.equal(element);
      call.set(change);
      await element.updateComplete;
      expect(filled, JSON.stringify(change)).to.equal(null);
    }
  });

  it('V6 R1 makes room for a question that stands outside of it', async () => {
    const { element, parentNode, part, button } = await expanded();
    element.remove();
    const store = createContactStore('visitor');
    new ContextProvider(parentNode, { context: contactContext, initialValue: store });
    parentNode.append(element);
    await element.updateComplete;
    button()?.click();
    const MEDIA = { microphone: true, camera: false, sound: true, screen: false };
    const call = {
      id: 'k1',
      kind: 'video',
      askedBy: 'agent',
      status: 'active',
      upgradeBy: null,
      attempt: 1,
      clients: { visitor: 'v', agent: 'a' },
      media: { visitor: MEDIA, agent: MEDIA },
      activeSince: 1,
      recording: { status: 'asking', since: 1 },
    } as const;
    store.dispatch({ type: 'viewed', view: aView({ call }) });
    await part()?.updateComplete;
    expect(filled).to.equal(null);
  });
});
