import { expect } from '@open-wc/testing';
import { insertWidget } from '../../../components/loader/insert-widget.ts';
import { until } from '../until.ts';

describe('script tag', () => {
  it('E1 hands the launcher, the click and the focus over to the element', async () => {
    const address = new URL('../widget/in-widget.ts', import.meta.url).href;
    insertWidget(location.origin, { widget: address, invitations: '' }, { service: 'sales' });
    const widget = document.querySelector('vc-widget') as HTMLElement;
    const button = widget.shadowRoot?.querySelector('button') as HTMLButtonElement;
    const before = button.getBoundingClientRect();
    button.click();
    await customElements.whenDefined('vc-widget');
    await until(() => widget.shadowRoot?.activeElement?.localName === 'vc-widget-window');
    expect(button.isConnected).to.be.false;
    widget.removeAttribute('open');
    const own = widget.shadowRoot?.querySelector('.launcher') as HTMLElement;
    await until(() => own.checkVisibility());
    expect(own.getBoundingClientRect().toJSON()).to.deep.equal(before.toJSON());
    widget.remove();
  });
});
