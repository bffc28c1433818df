import { expect } from '@open-wc/testing';
import type { VcFile } from '../../../components/elements/parts/vc-file.ts';
import { aFile, append, aView, fill, message, START } from './contact-fixture.ts';
import { inTranscript } from './in-transcript.ts';

describe('vc-transcript, said directly', () => {
  it('A5 M1 shows what only the two browsers know in the order of this clock, marked until the log has it', async () => {
    const { element, store, settle, find, findAll } = await inTranscript();
    store.dispatch({ type: 'viewed', view: aView() });
    fill(store, [message(1, 'agent', 'in the log')]);
    for (const [id, at] of [
      ['mine', START + 1],
      ['alone', START + 3],
    ] as const)
      store.dispatch({ type: 'transcript', event: { type: 'write', message: { id, text: id, at } } });
    const url = URL.createObjectURL(new Blob(['x']));
    const heard = [
      { ...message(0, 'agent', 'heard', START + 2), id: 'heard' },
      {
        ...aFile(0, { side: 'agent', file: '', name: 'plan.png', width: null, height: null, at: START + 4 }),
        url,
      },
    ];
    store.dispatch({ type: 'told', told: { direct: { heard, told: ['mine'] } } });
    await settle();
    await expect(element).to.be.accessible();
    const lines = () =>
      findAll('.message').map((line) => [
        line.querySelector<VcFile>('vc-file')?.entry?.name ??
          line.querySelector('.bubble > span')?.textContent,
        line.querySelector('.tick')?.getAttribute('aria-label') ?? '',
      ]);
    const direct = 'Delivered directly, not stored yet';
    expect(lines()).to.deep.equal([
      ['in the log', ''],
      ['mine', direct],
      ['heard', direct],
      ['alone', 'Waiting to be sent'],
      ['plan.png', direct],
    ]);
    await customElements.whenDefined('vc-file');
    const file = find<VcFile>('vc-file');
    await file.updateComplete;
    const link = file.renderRoot.querySelector('a');
    expect([link?.href, link?.download]).to.deep.equal([url, 'plan.png']);
    expect(file.renderRoot.querySelector('img')).to.equal(null);
    const line = findAll('.message')[2];
    store.dispatch({ type: 'told', told: { direct: { heard: heard.slice(1), told: ['mine'] } } });
    append(store, { ...message(2, 'agent', 'heard'), id: 'heard' });
    await settle();
    expect(lines()[1]).to.deep.equal(['heard', '']);
    expect(findAll('.message')[1]).to.equal(line);
  });
});
