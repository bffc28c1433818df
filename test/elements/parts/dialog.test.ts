import { expect, fixture, html } from '@open-wc/testing';
import { VcDialog } from '../../../components/elements/parts/vc-dialog.ts';
import { inContact } from './contact-fixture.ts';

const aDialog = html`<vc-dialog heading="Video call request">
  Anna asks.
  <button slot="actions">Accept</button>
</vc-dialog>`;
const pressEscape = () => new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true });

describe('vc-dialog', () => {
  for (const theme of ['light', 'dark']) {
    it(`V1 is accessible (${theme})`, async () => {
      const { element: dialog } = await inContact<VcDialog>(aDialog, { theme });
      await expect(dialog).to.be.accessible();
    });
  }

  it('V1 is named by its heading', async () => {
    const dialog = await fixture<VcDialog>(aDialog);
    expect(dialog.getAttribute('role')).to.equal('dialog');
    expect(dialog.getAttribute('aria-label')).to.equal('Video call request');
  });

  it('V1 takes the focus itself, so that typing answers nothing, and gives it back', async () => {
    const place = await fixture<HTMLElement>(html`<div><input aria-label="before" /></div>`);
    const input = place.querySelector('input') as HTMLInputElement;
    input.focus();
    const dialog = new VcDialog();
    place.append(dialog);
    await dialog.updateComplete;
    expect(document.activeElement).to.equal(dialog);
    dialog.remove();
    expect(document.activeElement).to.equal(input);
  });

  it('V1 leaves the focus alone when passive', async () => {
    const place = await fixture<HTMLElement>(html`<div><input aria-label="before" /></div>`);
    const input = place.querySelector('input') as HTMLInputElement;
    input.focus();
    const dialog = new VcDialog();
    dialog.passive = true;
    place.append(dialog);
    await dialog.updateComplete;
    expect(document.activeElement).to.equal(input);
  });

  it('V1 tells Escape to its owner alone', async () => {
    const dialog = await fixture<VcDialog>(aDialog);
    let cancelled = 0;
    let outside = 0;
    dialog.addEventListener('cancel', () => cancelled++);
    dialog.parentElement?.addEventListener('keydown', () => outside++);
    dialog.dispatchEvent(pressEscape());
    expect(cancelled).to.equal(1);
    expect(outside).to.equal(0);
  });
});
