import { expect, html } from '@open-wc/testing';
import { refusalOf } from '../../../components/elements/parts/file-limits.ts';
import type { VcAttach } from '../../../components/elements/parts/vc-attach.ts';
import type { VcComposer } from '../../../components/elements/parts/vc-composer.ts';
import '../../../components/elements/parts/vc-attach.ts';
import '../../../components/elements/parts/vc-composer.ts';
import type { Upload } from '../../../components/store/contact-store.ts';
import { aView, inContact } from './contact-fixture.ts';

const LIMIT = 1_000;

const inAttach = async (options = {}, { maxBytes = LIMIT, accept = 'image/*,application/pdf,.csv' } = {}) => {
  const made = await inContact<VcComposer>(
    html`<vc-composer><vc-attach .accept=${accept} .maxBytes=${maxBytes}></vc-attach></vc-composer>`,
    options,
  );
  const attach = made.element.querySelector('vc-attach') as VcAttach;
  const settled = async () => {
    await made.settle();
    await attach.updateComplete;
  };
  await settled();
  const within = <T extends HTMLElement = HTMLElement>(selector: string) => [
    ...attach.renderRoot.querySelectorAll<T>(selector),
  ];
  const sent = () =>
    made.asked
      .filter(({ type }) => type === 'vc-file-request')
      .map(({ detail }) => (detail as { files: File[] }).files.map(({ name }) => name));
  return { ...made, attach, within, settled, sent };
};

const file = (name: string, type: string, bytes = 10) => new File([new Uint8Array(bytes)], name, { type });
const carrying = (...files: File[]) => {
  const transfer = new DataTransfer();
  for (const each of files) transfer.items.add(each);
  return transfer;
};
const drag = (type: string, dataTransfer: DataTransfer) =>
  new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true });
const upload = (change: Partial<Upload> = {}): Upload => ({
  id: 'u1',
  name: 'lamp.png',
  mime: 'image/png',
  size: 4_000,
  sent: 1_000,
  problem: null,
  ...change,
});

describe('vc-attach', () => {
  for (const theme of ['light', 'dark']) {
    it(`M4 is accessible (${theme})`, async () => {
      const { element, attach, store, settled } = await inAttach({ theme });
      store.dispatch({ type: 'upload', upload: upload() });
      store.dispatch({
        type: 'upload',
        upload: upload({ id: 'u2', problem: 'Cannot send the file: no room.' }),
      });
      element.dispatchEvent(drag('drop', carrying(file('film.mov', 'video/quicktime'))));
      await settled();
      await expect(element).to.be.accessible();
      await expect(attach).to.be.accessible();
    });
  }

  it('M4 opens the choice of files with what is taken, and sends what was chosen', async () => {
    const { within, sent } = await inAttach();
    const [input] = within<HTMLInputElement>('input');
    expect([input?.accept, input?.multiple]).to.deep.equal(['image/*,application/pdf,.csv', true]);
    let opened = 0;
    input?.addEventListener('click', (event) => {
      event.preventDefault();
      opened++;
    });
    within('.add')[0]?.click();
    expect(opened).to.equal(1);
    if (input) input.files = carrying(file('a.png', 'image/png'), file('b.csv', 'text/csv')).files;
    input?.dispatchEvent(new Event('change'));
    expect(sent()).to.deep.equal([['a.png', 'b.csv']]);
    expect(input?.value).to.equal('');
  });

  it('M4 takes files dropped on the composer, and shows where they would fall', async () => {
    const { element, within, settled, sent } = await inAttach();
    const over = drag('dragover', carrying(file('a.png', 'image/png')));
    element.dispatchEvent(over);
    await settled();
    expect(over.defaultPrevented).to.be.true;
    expect(within('.drop')).to.have.length(1);
    const drop = drag('drop', carrying(file('a.png', 'image/png')));
    element.dispatchEvent(drop);
    await settled();
    expect(drop.defaultPrevented).to.be.true;
    expect(within('.drop')).to.be.empty;
    expect(sent()).to.deep.equal([['a.png']]);
  });

  it('M4 takes files dropped on a larger zone', async () => {
    const { root, attach, settled, sent } = await inAttach();
    attach.zone = root;
    await settled();
    root.dispatchEvent(drag('drop', carrying(file('a.png', 'image/png'))));
    expect(sent()).to.deep.equal([['a.png']]);
  });

  it('M4 leaves dragged text alone', async () => {
    const { element, within, settled } = await inAttach();
    const text = new DataTransfer();
    text.setData('text/plain', 'x');
    const over = drag('dragover', text);
    element.dispatchEvent(over);
    await settled();
    expect(over.defaultPrevented).to.be.false;
    expect(within('.drop')).to.be.empty;
  });

  it('M4 takes a pasted file, and leaves pasted text to the field', async () => {
    const { find, sent } = await inAttach();
    const paste = (clipboardData: DataTransfer) => {
      const event = new ClipboardEvent('paste', {
        clipboardData,
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      find('textarea').dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(paste(carrying(file('shot.png', 'image/png')))).to.be.true;
    const both = carrying(file('shot.png', 'image/png'));
    both.setData('text/plain', 'cells');
    expect(paste(both)).to.be.false;
    expect(sent()).to.deep.equal([['shot.png']]);
  });

  it('M4 says what was not taken and why, where it was entered, and sends the rest', async () => {
    const { element, within, settled, sent } = await inAttach();
    element.dispatchEvent(
      drag(
        'drop',
        carrying(
          file('big.png', 'image/png', 1_200),
          file('film.mov', 'video/quicktime'),
          file('ok.pdf', 'application/pdf'),
        ),
      ),
    );
    await settled();
    expect(sent()).to.deep.equal([['ok.pdf']]);
    const lines = () => within('[data-refused]').map((line) => line.textContent?.replace(/\s+/g, ' ').trim());
    expect(lines()).to.deep.equal([
      'big.png Not sent: it has 1.2 kB, at most 1 kB are possible.'.replace(' Not', 'Not'),
      'film.mov Not sent: files of this type are not taken. Possible are image, PDF, CSV.'.replace(
        ' Not',
        'Not',
      ),
    ]);
    expect(within('[role=alert]')[0]?.textContent).to.contain('big.png: Not sent');
    within<HTMLButtonElement>('[aria-label="Dismiss big.png"]')[0]?.click();
    await settled();
    expect(lines()).to.have.length(1);
  });

  const verdicts: [File, string, number, RegExp | null][] = [
    [file('a.PNG', 'image/png'), 'image/png', LIMIT, null],
    [file('a.png', 'IMAGE/PNG'), ' image/* , .pdf', LIMIT, null],
    [file('a.CSV', ''), '.csv', LIMIT, null],
    [file('a.exe', 'application/x-msdownload'), '', LIMIT, null],
    [file('a.svg', 'image/svg+xml'), 'image/png', LIMIT, /of this type.+Possible are PNG\./],
    [file('a.png', 'imagex/png'), 'image/*', LIMIT, /of this type/],
    [file('a.png', 'image/png', LIMIT), '', LIMIT, null],
    [file('a.png', 'image/png', LIMIT + 1), '', LIMIT, /at most 1 kB/],
    [file('a.png', 'image/png', 0), '', LIMIT, /empty/],
    [file('a.png', 'image/png', LIMIT + 1), '', Number.POSITIVE_INFINITY, null],
  ];
  it('M4 judges files by type and size', () => {
    for (const [each, accept, maxBytes, reason] of verdicts) {
      const refusal = refusalOf(each, accept, maxBytes);
      if (reason) expect(refusal?.reason, each.name).to.match(reason);
      else expect(refusal, `${each.name} ${accept}`).to.equal(null);
    }
  });

  it('M4 shows progress, and cancels', async () => {
    const { store, within, settled, asked } = await inAttach();
    store.dispatch({ type: 'upload', upload: upload() });
    await settled();
    const [bar] = within('[role=progressbar]');
    expect([bar?.ariaLabel, bar?.ariaValueMax, bar?.ariaValueNow, bar?.ariaValueText]).to.deep.equal([
      'Sending lamp.png',
      '4000',
      '1000',
      '1 kB of 4 kB',
    ]);
    const [fill] = within('.bar');
    expect(fill?.style.getPropertyValue('--_part')).to.equal('0.25');
    within('[aria-label="Do not send lamp.png"]')[0]?.click();
    expect(asked).to.deep.include({ type: 'vc-file-cancel-request', detail: { contact: 'c1', id: 'u1' } });
    store.dispatch({ type: 'upload-gone', id: 'u1' });
    await settled();
    expect(within('.files')).to.be.empty;
  });

  it('M4 shows what comes over a call, and declines it', async () => {
    const { store, within, settled, asked } = await inAttach();
    store.dispatch({ type: 'upload', upload: upload({ incoming: true }) });
    await settled();
    expect(within('[role=progressbar]')[0]?.ariaLabel).to.equal('Receiving lamp.png');
    within('[aria-label="Do not receive lamp.png"]')[0]?.click();
    expect(asked).to.deep.include({ type: 'vc-file-cancel-request', detail: { contact: 'c1', id: 'u1' } });
  });

  it('M4 shows why a file could not be sent, until it is dismissed', async () => {
    const { store, within, settled, asked } = await inAttach();
    store.dispatch({ type: 'upload', upload: upload({ problem: 'Cannot send the file: it is damaged.' }) });
    await settled();
    expect(within('[role=progressbar]')).to.be.empty;
    expect(within('li [role=alert]')[0]?.textContent).to.equal('Cannot send the file: it is damaged.');
    within('[aria-label="Dismiss lamp.png"]')[0]?.click();
    expect(asked).to.deep.include({ type: 'vc-file-cancel-request', detail: { contact: 'c1', id: 'u1' } });
  });

  it('M4 is not there where files are not taken, nor after the end', async () => {
    const none = await inAttach({}, { maxBytes: 0 });
    expect(none.within('button')).to.be.empty;
    none.element.dispatchEvent(drag('drop', carrying(file('a.png', 'image/png'))));
    expect(none.sent()).to.be.empty;
    const { store, element, within, settled, sent } = await inAttach();
    store.dispatch({ type: 'viewed', view: aView({ phase: 'ended' }) });
    await settled();
    expect(within('button')).to.be.empty;
    element.dispatchEvent(drag('drop', carrying(file('a.png', 'image/png'))));
    expect(sent()).to.be.empty;
  });

  it('M4 listens no more once it is gone', async () => {
    const { root, attach, settled, sent } = await inAttach();
    attach.zone = root;
    await settled();
    attach.remove();
    root.dispatchEvent(drag('drop', carrying(file('a.png', 'image/png'))));
    expect(sent()).to.be.empty;
  });
});
