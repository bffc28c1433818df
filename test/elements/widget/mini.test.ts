import { expect, html } from '@open-wc/testing';
import '../../../components/elements/widget/vc-widget-mini.ts';
import type { VcWidgetMini } from '../../../components/elements/widget/vc-widget-mini.ts';
import { fakeCall } from '../media-bar/fake-call.ts';
import { inCall } from '../media-bar/in-call.ts';
import { inWidget } from './in-widget.ts';

const button = (mini: VcWidgetMini, name: string) =>
  mini.renderRoot.querySelector<HTMLButtonElement>(`[aria-label='${name}']`);

describe('vc-widget-mini', () => {
  it('V13 shows the running call, mutes it and ends it', async () => {
    const call = fakeCall({ activeSince: Date.now() - 64_500 });
    const { element } = await inCall<VcWidgetMini>(html`<vc-widget-mini></vc-widget-mini>`, call);
    expect(element.renderRoot.querySelector('[role=timer]')?.textContent?.trim()).to.equal('1:04');
    button(element, 'Mute microphone')?.click();
    await Promise.resolve();
    call.set({ own: { ...call.store.state.own, microphone: false } });
    await element.updateComplete;
    expect(button(element, 'Unmute microphone')).to.exist;
    button(element, 'Hang up')?.click();
    await Promise.resolve();
    expect(call.asked).to.deep.equal(['microphone false', 'hangUp']);
    call.set({ status: 'ended' });
    await element.updateComplete;
    expect(element.renderRoot.childElementCount).to.equal(0);
  });

  it('V13 stands beside the launcher of the minimised widget, and only there', async () => {
    const { widget } = await inWidget();
    const mini = () => widget.renderRoot.querySelector('vc-widget-mini');
    expect(mini()).to.equal(null);
    widget.open = false;
    await widget.updateComplete;
    expect(mini()).to.exist;
    expect(mini()?.renderRoot.childElementCount, 'there is no call').to.equal(0);
    await expect(widget).to.be.accessible();
  });
});
