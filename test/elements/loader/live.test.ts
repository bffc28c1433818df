import { expect } from '@open-wc/testing';
import { insertWidget } from '../../../components/loader/insert-widget.ts';

describe('script tag', () => {
  it('E1 brings the widget at once while a conversation runs', async () => {
    localStorage.setItem('vc:live:sales', '1');
    const widget = new URL('./fake-widget.ts', import.meta.url).href;
    insertWidget('https://chat.example', { widget, invitations: '' }, { service: 'sales' });
    await customElements.whenDefined('vc-widget');
    const element = document.querySelector('vc-widget');
    expect(element?.hasAttribute('open')).to.be.false;
    element?.remove();
    localStorage.clear();
  });
});
