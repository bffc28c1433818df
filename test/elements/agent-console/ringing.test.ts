import { expect } from '@open-wc/testing';
import type { RingerState } from '../../../components/store/ringer-store.ts';
import { waitingEntry } from './fake-desk.ts';
import { all, button, one, openDesk, region, settled, texts } from './open-desk.ts';

async function ringingDesk(change: Partial<RingerState> = {}, options?: Parameters<typeof openDesk>[0]) {
  const desk = await openDesk(options);
  desk.welcome(waitingEntry());
  desk.ringer.dispatch(change);
  await settled(desk.element);
  const status = region(desk.element, 'My status');
  return { ...desk, status, bell: button(status, 'Ringing') };
}

const switches = (root: Element) =>
  all(root, '.panel [role=switch]').map((each) => [
    each.getAttribute('aria-label'),
    each.getAttribute('aria-checked'),
    each.getAttribute('aria-disabled'),
  ]);

describe('vc-ringer', () => {
  for (const theme of ['light', 'dark'] as const)
    for (const width of [375, 768, 1280])
      it(`C9 is accessible in ${theme}, ${width} px wide`, async () => {
        const { element, bell } = await ringingDesk(
          { ringing: true, soundBlocked: true, permission: 'denied' },
          { theme, width },
        );
        bell.click();
        await settled(element);
        await expect(element).to.be.accessible();
        const panel = one(element, '.panel').getBoundingClientRect();
        const place = element.getBoundingClientRect();
        expect(panel.left).to.be.at.least(place.left);
        expect(panel.right).to.be.at.most(place.right);
      });

  it('C9 has switches for sound, title and notifications, and shows what is set', async () => {
    const { element, ringer, status, bell, asked } = await ringingDesk();
    expect(bell.getAttribute('aria-expanded')).to.equal('false');
    bell.click();
    await settled(element);
    expect(switches(status)).to.deep.equal([
      ['Sound', 'true', 'false'],
      ['Title badge', 'true', 'false'],
      ['Notifications', 'false', 'false'],
    ]);
    button(status, 'Sound').click();
    button(status, 'Notifications').click();
    await settled(element);
    expect(asked).to.deep.equal([
      ['setRinger', { sound: false }],
      ['setRinger', { notifications: true }],
    ]);
    expect(switches(status)[0]?.[1], 'before it is set').to.equal('true');
    ringer.dispatch({ sound: false, notifications: true, permission: 'granted' });
    await settled(element);
    expect(switches(status).map(([, on]) => on)).to.deep.equal(['false', 'true', 'true']);
  });

  for (const [permission, says] of [
    ['denied', /blocks them for this site/],
    ['unsupported', /This browser has none/],
  ] as const)
    it(`C9 explains notifications that are ${permission}`, async () => {
      const { element, status, bell, asked } = await ringingDesk({ permission, notifications: true });
      bell.click();
      await settled(element);
      expect(switches(status)[2]).to.deep.equal(['Notifications', 'false', 'true']);
      expect(texts(status, '.problem')[0]).to.match(says);
      button(status, 'Notifications').click();
      await settled(element);
      expect(asked).to.deep.equal([]);
    });

  it('C9 closes on Escape and on a click elsewhere', async () => {
    const { element, bell } = await ringingDesk();
    bell.click();
    await settled(element);
    bell.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await settled(element);
    expect(bell.getAttribute('aria-expanded')).to.equal('false');
    bell.click();
    await settled(element);
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await settled(element);
    expect(bell.getAttribute('aria-expanded')).to.equal('false');
  });

  it('C9 offers to enable the sound while it is blocked and something rings', async () => {
    const { element, ringer, asked } = await ringingDesk({ soundBlocked: true });
    expect(all(element, '.silent')).to.deep.equal([]);
    ringer.dispatch({ ringing: true });
    await settled(element);
    button(region(element, 'Waiting'), 'Enable sound').click();
    await settled(element);
    expect(asked).to.deep.equal([['enableSound']]);
    ringer.dispatch({ soundBlocked: false });
    await settled(element);
    expect(all(element, '.silent')).to.deep.equal([]);
  });
});

describe('vc-transfer-requests', () => {
  const handed = (more = {}) =>
    waitingEntry({
      contact: 'h1',
      name: 'Ines',
      dissuadeAt: Date.now() + 42_500,
      transfer: { from: 'Ben', note: 'Knows lamps', direct: true },
      ...more,
    });

  for (const theme of ['light', 'dark'] as const)
    for (const width of [375, 1280])
      it(`C14 is accessible in ${theme}, ${width} px wide`, async () => {
        const { element, welcome } = await openDesk({ theme, width });
        welcome(handed());
        await settled(element);
        await expect(one(element, 'vc-transfer-requests')).to.be.accessible();
      });

  it('C14 asks whether to take what a colleague hands over, with the note and the time that is left', async () => {
    const { element, desk, welcome, asked } = await openDesk();
    welcome(handed());
    await settled(element);
    const dialog = one(element, 'vc-dialog');
    expect(dialog.ariaLabel).to.equal('Transfer request');
    expect(texts(dialog, '.who')).to.deep.equal(['Ben hands Ines over to you.']);
    expect(texts(dialog, '.note')).to.deep.equal(['Knows lamps']);
    expect(texts(dialog, '.left')[0]).to.match(/^0:4[123] left$/);
    button(dialog, 'Accept').click();
    button(dialog, 'Decline').click();
    await settled(element);
    expect(asked).to.deep.equal([
      ['take', 'h1'],
      ['declineTransfer', 'h1'],
    ]);
    desk.dispatch({ type: 'waiting-gone', contact: 'h1' });
    await settled(element);
    expect(all(element, 'vc-dialog')).to.deep.equal([]);
  });

  it('C14 does not ask about what is offered to a whole service', async () => {
    const { element, welcome } = await openDesk();
    welcome(handed({ transfer: { from: 'Ben', note: '', direct: false } }));
    await settled(element);
    expect(all(element, 'vc-dialog')).to.deep.equal([]);
  });
});
