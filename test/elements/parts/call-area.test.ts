import { expect, html, oneEvent } from '@open-wc/testing';
import '../../../components/define/vc-media-bar.ts';
import { request } from '../../../components/elements/events.ts';
import '../../../components/elements/parts/vc-call-area.ts';
import type { VcCallArea } from '../../../components/elements/parts/vc-call-area.ts';
import type { CallState } from '../../../components/store/call-handle.ts';
import { type FakeCall, fakeCall } from '../media-bar/fake-call.ts';
import { inCall } from '../media-bar/in-call.ts';
import { until } from '../until.ts';

const NO_CAMERA = { microphone: true, camera: false, sound: true, screen: false };
const VOICE: Partial<CallState> = { kind: 'voice', own: NO_CAMERA, other: NO_CAMERA, activeSince: 0 };

async function areaOf(call: FakeCall | null, width: number) {
  const around = await inCall<VcCallArea>(html`<vc-call-area></vc-call-area>`, call, width);
  await around.element.renderRoot.querySelector('vc-media-bar')?.updateComplete;
  await around.element.renderRoot.querySelector('vc-call-stage')?.updateComplete;
  return around;
}

function boxes(area: VcCallArea) {
  const box = (element: Element | null | undefined) => {
    if (!element) throw new Error('Cannot measure: the area shows no call');
    return element.getBoundingClientRect();
  };
  const bar = area.renderRoot.querySelector('vc-media-bar')?.shadowRoot;
  return {
    stage: box(area.renderRoot.querySelector('vc-call-stage')),
    toolbar: box(bar?.querySelector('[part=toolbar]')),
    status: box(bar?.querySelector('[part=status]')),
    bar: [...(bar?.querySelectorAll('.control') ?? [])].map(box),
  };
}

/** Streams whose pictures are really there: a stage without shows names. */
function pictures(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
  return canvas.captureStream();
}

/** Acts where the first pointer is a finger, or where it is a mouse. */
async function touching(touched: boolean, act: () => Promise<void>): Promise<void> {
  const { matchMedia } = window;
  window.matchMedia = (query) =>
    query === '(pointer: coarse)'
      ? Object.assign(new EventTarget(), { matches: touched } as MediaQueryList)
      : matchMedia.call(window, query);
  try {
    await act();
  } finally {
    window.matchMedia = matchMedia;
  }
}

const overlap = (one: DOMRect, other: DOMRect): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

describe('vc-call-area', () => {
  for (const scheme of ['light', 'dark'])
    for (const [name, state] of Object.entries({ video: { activeSince: 0 }, voice: VOICE }))
      it(`V6 is accessible in ${scheme}: ${name}`, async () => {
        const { element, parentNode } = await areaOf(fakeCall(state), 360);
        parentNode.style.setProperty('color-scheme', scheme);
        await expect(element).to.be.accessible();
      });

  for (const width of [320, 900])
    it(`V6 lays the controls over the picture, ${width} px wide`, async () => {
      const { element } = await areaOf(fakeCall({ activeSince: 0, canRecord: true }), width);
      const { stage, toolbar } = boxes(element);
      expect(stage.width).to.equal(width);
      expect(toolbar.bottom).to.be.below(stage.bottom);
      expect(toolbar.left).to.be.above(stage.left);
      expect(toolbar.right).to.be.below(stage.right);
      expect(toolbar.height, 'one row, two where it is narrow').to.be.below(width < 440 ? 90 : 60);
    });

  for (const touched of [false, true])
    for (const side of ['Left', 'Right'])
      for (const width of [320, 375, 520, 719, 790, 960, 1200])
        it(`V6 keeps name and own picture off the controls, bottom ${side.toLowerCase()}, ${width} px${touched ? ', for fingers' : ''}`, async () => {
          const streams = { ownStream: pictures(), otherStream: pictures() };
          const name = { otherName: 'Wilhelmina van den Heuvel of Lumen Studio, Lisbon' };
          const call = fakeCall({ activeSince: 0, canRecord: true, ...name }, streams);
          await touching(touched, async () => {
            const { element } = await areaOf(call, width);
            const stage = element.renderRoot.querySelector('vc-call-stage')?.renderRoot;
            await until(() => stage?.querySelector('[data-layout=picture]'));
            const grip = stage?.querySelector('.grip');
            grip?.dispatchEvent(new KeyboardEvent('keydown', { key: `Arrow${side}` }));
            await element.renderRoot.querySelector('vc-call-stage')?.updateComplete;
            const { toolbar, bar, stage: whole } = boxes(element);
            for (const selector of ['.grip', '[data-role=self]', '.label']) {
              const box = stage?.querySelector(selector)?.getBoundingClientRect();
              if (!box) throw new Error(`Cannot measure ${selector}`);
              expect(overlap(box, toolbar), selector).to.equal(false);
              expect(box.top, selector).to.be.above(whole.top + 40);
            }
            expect([toolbar.left >= whole.left, toolbar.right <= whole.right]).to.deep.equal([true, true]);
            if (touched)
              for (const { width, height } of bar) expect(Math.min(width, height)).to.be.at.least(44);
          });
        });

  it('V6 puts the controls of a voice call below who is there, beside it where there is room', async () => {
    const narrow = boxes((await areaOf(fakeCall(VOICE), 360)).element);
    expect(narrow.toolbar.top).to.be.at.least(narrow.stage.bottom);
    expect(narrow.status.left).to.be.at.least(narrow.stage.right);
    const wide = boxes((await areaOf(fakeCall(VOICE), 900)).element);
    expect(wide.toolbar.left).to.be.at.least(wide.status.right);
    expect(wide.toolbar.top).to.be.below(wide.stage.bottom);
  });

  it('V6 has one row of controls for a visitor, 360 px wide', async () => {
    const { element } = await areaOf(fakeCall({ canShareScreen: true }), 360);
    const { toolbar } = boxes(element);
    expect([toolbar.height < 60, toolbar.width <= 344]).to.deep.equal([true, true]);
  });

  it('V6 keeps the place of a call that has its own window, and brings it back', async () => {
    const call = fakeCall({ detached: true });
    const { element, parentNode } = await areaOf(call, 360);
    const stage = () => element.renderRoot.querySelector('vc-call-stage');
    expect(stage()?.clientWidth, 'only its sound goes on').to.equal(1);
    expect(stage()?.renderRoot.querySelector('video')?.muted).to.equal(false);
    const asked = oneEvent(parentNode, 'vc-detach-request');
    element.renderRoot.querySelector('button')?.click();
    expect(((await asked) as CustomEvent).detail).to.deep.equal({ on: false });
    call.set({ detached: false });
    await element.updateComplete;
    expect(stage()?.clientWidth).to.equal(360);
  });

  it('R6 sends a snapshot as a file', async () => {
    const call = fakeCall();
    const { element, parentNode } = await areaOf(call, 360);
    const sent = oneEvent(parentNode, 'vc-file-request');
    request(element, 'vc-snapshot-request', {});
    const [file] = ((await sent) as CustomEvent<{ files: File[] }>).detail.files;
    expect(file?.type).to.equal('image/png');
    expect(file?.name).to.match(/^Snapshot Anna Berg \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/);
    expect(call.asked).to.deep.equal(['takeSnapshot']);
  });

  it('V15 carries the requests of the bar out on the call', async () => {
    const call = fakeCall();
    const { element } = await areaOf(call, 360);
    request(element, 'vc-screen-request', { on: true, pageOnly: true });
    request(element, 'vc-hangup-request', {});
    await Promise.resolve();
    expect(call.asked).to.deep.equal(['screen true page', 'hangUp']);
  });

  it('V6 fills the height it is given', async () => {
    const { element } = await areaOf(fakeCall(), 900);
    element.style.setProperty('block-size', '260px');
    expect(boxes(element).stage.height).to.equal(260);
  });

  it('V15 is empty when the call is over', async () => {
    const call = fakeCall();
    const { element } = await areaOf(call, 360);
    call.set({ status: 'ended' });
    await element.updateComplete;
    expect(element.renderRoot.childElementCount).to.equal(0);
  });
});
