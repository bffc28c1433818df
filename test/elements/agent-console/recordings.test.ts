import { expect } from '@open-wc/testing';
import { recordingItem } from './fake-desk.ts';
import { all, button, dialogs, one, openDesk, region, settled, texts } from './open-desk.ts';

const ITEMS = [
  recordingItem(),
  recordingItem({ id: 'r2', name: 'Jon', status: 'unfinished', url: null }),
  recordingItem({ id: 'r3', name: 'Ines', status: 'recording', url: null, size: 120_000 }),
  recordingItem({ id: 'r4', name: 'Ruth', status: 'failed', url: null, problem: 'no space left' }),
];

async function recordedDesk(options?: Parameters<typeof openDesk>[0]) {
  const desk = await openDesk(options);
  desk.welcome();
  desk.recordings.dispatch(ITEMS);
  await settled(desk.element);
  return { ...desk, shelf: region(desk.element, 'Recordings') };
}

describe('vc-recordings', () => {
  for (const theme of ['light', 'dark'] as const)
    it(`R4 is accessible in ${theme}`, async () => {
      const { element } = await recordedDesk({ theme });
      await expect(one(element, 'vc-recordings')).to.be.accessible();
    });

  it('R1 is not there while nothing is kept', async () => {
    const { element, welcome } = await openDesk();
    welcome();
    await settled(element);
    expect(all(element, 'section[aria-label="Recordings"]')).to.deep.equal([]);
  });

  it('R1 says of each recording whose it is, how far it is, and its size', async () => {
    const { shelf } = await recordedDesk();
    expect(texts(shelf, '.name')).to.deep.equal(['Mara Lindqvist', 'Jon', 'Ines', 'Ruth']);
    expect(texts(shelf, '.state')).to.deep.equal([
      'Ready to save · 4.2 MB',
      'A recording was interrupted · 4.2 MB',
      'Recording… · 120 kB',
      'Could not be finished: no space left · 4.2 MB',
    ]);
  });

  it('R5 saves a finished file under its name', async () => {
    const { shelf } = await recordedDesk();
    const save = button(shelf, 'Save recording with Mara Lindqvist') as HTMLAnchorElement;
    expect(save.download).to.equal('mara-lindqvist.webm');
    expect(save.href).to.equal(ITEMS[0]?.url);
  });

  it('R4 offers what a killed tab left', async () => {
    const { element, shelf, asked } = await recordedDesk();
    button(shelf, 'Recover recording with Jon').click();
    await settled(element);
    expect(asked).to.deep.equal([['saveRecording', 'r2']]);
  });

  it('R4 throws nothing away unasked', async () => {
    const { element, shelf, asked } = await recordedDesk();
    button(shelf, 'Discard recording with Jon').click();
    await settled(element);
    button(shelf, 'Cancel').click();
    await settled(element);
    expect([...asked, ...dialogs(shelf)]).to.deep.equal([]);
    button(shelf, 'Discard recording with Jon').click();
    await settled(element);
    button(shelf, 'Discard').click();
    await settled(element);
    expect(asked).to.deep.equal([['discardRecording', 'r2']]);
    expect(all(shelf, '[data-status=recording] button')).to.deep.equal([]);
  });
});
