import { expect } from '@open-wc/testing';
import { insertWidget } from '../../../components/loader/insert-widget.ts';

describe('script tag', () => {
  it('E1 brings the widget at once while a conversation runs', async () => {
    localStorage.setItem('vc:live:sales', '1');
    insertWidget('https://chat.example', new URL('./fake-widget.ts', import.meta.url).href, {
      service: 'sales',
    });
    await customElements.whenDefined('vc-widget');
    const widget = document.querySelector('vc-widget');
    expect(widget?.hasAttribute('open')).to.be.false;
    widget?.remove();
    localStorage.clear();
  });
});
