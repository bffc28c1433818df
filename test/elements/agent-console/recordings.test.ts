import { expect } from '@open-wc/testing';
import { recordingItem } from './fake-desk.ts';
import { all, button, dialogs, one, openDesk, region, settled, texts } from './open-desk.ts';

const ITEMS = [
  recordingItem(),
  recordingItem({ id: 'r2', name: 'Jon', status: 'unfinished', url: null }),
  recordingItem({ id: 'r3', name: 'Ines', status: 'recording', url: null, size: 120_000 }),
  recordingItem({ id: 'r4', name: 'Ruth', status: 'failed', url: null, problem: 'no space left' }),
  recordingItem({ id: 'r5', name: 'Noa', status: 'sending', sent: 2_120_000, mp4: false }),
  recordingItem({ id: 'r6', name: 'Kai', status: 'waiting', sent: 1_060_000 }),
  recordingItem({ id: 'r7', name: 'Iris', status: 'kept', sent: 4_240_000 }),
  recordingItem({ id: 'r8', name: 'Lou', problem: 'Cannot keep the recording: it is larger than 1 MB.' }),
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

  it('R1 R5 says of each recording whose it is, how far it is, and its size', async () => {
    const { shelf } = await recordedDesk();
    expect(texts(shelf, '.name')).to.deep.equal(ITEMS.map(({ name }) => name));
    expect(texts(shelf, '.state')).to.deep.equal([
      'On this device only · 4.2 MB',
      'A recording was interrupted · 4.2 MB',
      'Recording… · 120 kB',
      'Could not be finished · 4.2 MB',
      'Uploading · 50 % of 4.2 MB',
      'Waiting for the server · 25 % of 4.2 MB',
      'Kept with the contact · 4.2 MB',
      'Not uploaded · 4.2 MB',
    ]);
    expect(texts(shelf, '.problem')).to.deep.equal(['No space left', 'It is larger than 1 MB.']);
  });

  it('R5 shows how much of it is there, and lets the agent stop it, begin it again, put it away', async () => {
    const { element, shelf, asked } = await recordedDesk();
    const bars = all(shelf, 'progress') as HTMLProgressElement[];
    expect(bars.map(({ ariaLabel, position }) => [ariaLabel, position])).to.deep.equal([
      ['Upload of the recording with Noa', 0.5],
      ['Upload of the recording with Kai', 0.25],
    ]);
    button(shelf, 'Do not upload recording with Noa').click();
    button(shelf, 'Upload recording with Mara Lindqvist').click();
    button(shelf, 'Upload recording with Lou').click();
    button(shelf, 'Dismiss recording with Iris').click();
    await settled(element);
    expect(asked).to.deep.equal([
      ['sendRecording', 'r5', false],
      ['sendRecording', 'r1', true],
      ['sendRecording', 'r8', true],
      ['discardRecording', 'r7'],
    ]);
  });

  it('R4 warns while little room is left', async () => {
    const { element, shelf, recordings } = await recordedDesk();
    expect(all(shelf, '.room')).to.deep.equal([]);
    for (const [room, text] of [
      [421, 'This device has room for about 7 more minutes.'],
      [100, 'This device has room for about one more minute.'],
      [40, 'This device has hardly any room left: the recording ends soon, and all of it is kept.'],
    ] as const) {
      recordings.dispatch([recordingItem({ status: 'recording', url: null, room })]);
      await settled(element);
      expect(texts(region(element, 'Recordings'), '.room')).to.deep.equal([text]);
    }
  });

  it('R3 saves a finished file under its name, as WebM or MP4', async () => {
    const { element, shelf, asked } = await recordedDesk();
    button(shelf, 'Save recording with Mara Lindqvist').click();
    const menu = shelf.querySelector(':popover-open') as HTMLElement;
    const [webm] = all(menu, 'a') as HTMLAnchorElement[];
    expect([webm?.textContent, webm?.download, webm?.href]).to.deep.equal([
      'Save as WebM',
      'mara-lindqvist.webm',
      ITEMS[0]?.url,
    ]);
    button(menu, 'Save as MP4').click();
    await settled(element);
    expect(asked).to.deep.equal([['recordingAsMp4', 'r1']]);
    expect(menu.matches(':popover-open')).to.equal(false);
  });

  it('R3 says plainly why one cannot be MP4', async () => {
    const { shelf } = await recordedDesk();
    button(shelf, 'Save recording with Noa').click();
    const menu = shelf.querySelector(':popover-open') as HTMLElement;
    expect(texts(menu, 'p')).to.deep.equal([
      'MP4 is not possible: this browser records VP8, which MP4 players do not know.',
    ]);
    expect(all(menu, 'button')).to.deep.equal([]);
  });

  it('R4 offers what a killed tab left', async () => {
    const { element, shelf, asked } = await recordedDesk();
    button(shelf, 'Recover recording with Jon').click();
    await settled(element);
    expect(asked).to.deep.equal([['finishRecording', 'r2']]);
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
