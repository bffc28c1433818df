import { expect } from '@open-wc/testing';
import { waitingEntry } from './fake-desk.ts';
import { all, button, one, openDesk, region, requests, settled, textOf, texts, until } from './open-desk.ts';

const young = () => ({ waitingSince: Date.now() - 10_000, dissuadeAt: Date.now() + 110_000 });
const old = () => ({ waitingSince: Date.now() - 90_000, dissuadeAt: Date.now() + 30_000 });

async function waitingDesk(options?: Parameters<typeof openDesk>[0]) {
  const desk = await openDesk(options);
  desk.welcome(
    waitingEntry({
      contact: 'young',
      name: 'Jon Archer',
      kind: 'chat',
      isNew: false,
      country: null,
      ...young(),
    }),
    waitingEntry({ contact: 'old', name: 'Visitor 4F2', ...old() }),
  );
  await settled(desk.element);
  return { ...desk, waiting: region(desk.element, 'Waiting') };
}

function entryOf(waiting: Element, name: string): HTMLElement {
  const entry = all(waiting, 'vc-waiting-entry').find((each) => textOf(one(each, 'button')) === name);
  if (!entry) throw new Error(`Cannot find ${name}: not among those who wait`);
  return entry;
}

/** How full the ring of an entry is, 0 to 1, and its colour. */
function ringOf(entry: Element) {
  const circle = one(entry, '.fill');
  const ring = getComputedStyle(circle);
  const [, red = 0, green = 0] = /rgb\((\d+), (\d+)/.exec(ring.stroke)?.map(Number) ?? [];
  return { full: 1 - Number.parseFloat(ring.strokeDashoffset) / 100, redder: red - green };
}

describe('vc-waiting', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`C4 is accessible in ${theme}`, async () => {
      const { element } = await waitingDesk({ theme });
      await expect(one(element, 'vc-waiting')).to.be.accessible();
    });
    it(`C4 is accessible in ${theme}: nobody waits`, async () => {
      const { element, welcome } = await openDesk({ theme });
      welcome();
      await settled(element);
      await expect(one(element, 'vc-waiting')).to.be.accessible();
    });
  }

  it('C4 says how many wait, and of each who, from where and for what', async () => {
    const { waiting } = await waitingDesk();
    expect(textOf(one(waiting, '.count'))).to.equal('2');
    const entry = entryOf(waiting, 'Visitor 4F2');
    const description = textOf(one(entry, '.facts'));
    expect(textOf(one(entry, '.time'))).to.match(/^1:3\d$/);
    expect(button(entry, 'Take Visitor 4F2').getAttribute('aria-describedby')).to.equal(
      one(entry, '.facts > [id]').id,
    );
    for (const fact of [
      'Visitor 4F2',
      'Video call · Sales · English · Netherlands',
      'Your cart',
      'shop.example/cart?step=2',
      'from search.example',
      'New visitor',
    ])
      expect(description).to.contain(fact);
    expect(textOf(one(entryOf(waiting, 'Jon Archer'), '.facts'))).not.to.match(/New visitor|Netherlands/);
  });

  it('C7 fills a ring around the kind, ever redder, by the clock of the server', async () => {
    const { desk, element, waiting } = await waitingDesk();
    const [older, younger] = [
      ringOf(entryOf(waiting, 'Visitor 4F2')),
      ringOf(entryOf(waiting, 'Jon Archer')),
    ];
    expect(older.full).to.be.closeTo(0.75, 0.04);
    expect(younger.full).to.be.closeTo(10 / 120, 0.04);
    expect(older.redder).to.be.above(younger.redder);
    desk.dispatch({ type: 'clock', skew: 24_000 });
    await settled(element);
    expect(ringOf(entryOf(waiting, 'Visitor 4F2')).full).to.be.closeTo(0.95, 0.04);
    expect(one(entryOf(waiting, 'Visitor 4F2'), 'vc-wait-ring').title).to.match(/^[3-6] s left$/);
  });

  it('C7 takes a contact by a click on its ring', async () => {
    const { waiting, asked } = await waitingDesk();
    one(entryOf(waiting, 'Jon Archer'), 'vc-wait-ring').click();
    await Promise.resolve();
    expect(asked).to.deep.equal([['take', 'young']]);
  });

  it('C8 takes the one that waited longest by a click on the box, and lists them in that order', async () => {
    const { waiting, asked } = await waitingDesk();
    expect(texts(waiting, '.top button')).to.deep.equal(['Visitor 4F2', 'Jon Archer']);
    button(waiting, 'Take next contact').click();
    await Promise.resolve();
    expect(asked).to.deep.equal([['take', null]]);
  });

  it('C8 names the contact when only one waits, so that who comes too late is told whose it is', async () => {
    const { element, desk, waiting, asked } = await waitingDesk();
    desk.dispatch({ type: 'waiting-gone', contact: 'old' });
    await settled(element);
    button(waiting, 'Take next contact').click();
    await Promise.resolve();
    expect(asked).to.deep.equal([['take', 'young']]);
  });

  it('C8 opens a drawer with all of them on focus and by its own button where there is no room for a list', async () => {
    const { element, waiting } = await waitingDesk({ width: 375 });
    const entry = () => one(waiting, 'li:first-child vc-waiting-entry');
    const seen = () => entry().checkVisibility({ visibilityProperty: true });
    expect(seen(), 'at first').to.equal(false);
    button(waiting, 'Take next contact').focus();
    await until(seen, 'focused');
    button(waiting, 'Take next contact').blur();
    await until(() => !seen(), 'left');
    button(waiting, 'Show waiting contacts').click();
    await settled(element);
    await until(seen, 'opened');
    waiting.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled(element);
    expect(button(waiting, 'Show waiting contacts').getAttribute('aria-expanded')).to.equal('false');
    button(waiting, 'Show waiting contacts').click();
    await settled(element);
    button(waiting, 'Take Jon Archer').click();
    await settled(element);
    expect(button(waiting, 'Show waiting contacts').getAttribute('aria-expanded'), 'taken').to.equal('false');
  });

  it('C8 says who was faster', async () => {
    const { element, desk } = await waitingDesk();
    desk.dispatch({
      type: 'noticed',
      notice: { code: 'contact.taken', message: 'Cannot take the contact: Ben took it' },
    });
    await settled(element);
    expect(texts(element, '.toast p')).to.deep.equal(['Already takenBen took it']);
  });

  it('C4 follows who comes and goes, and asks for nothing when nobody waits or nothing can be asked', async () => {
    const { element, desk, waiting, asked } = await waitingDesk();
    const wanted = requests(element, 'vc-take-request');
    desk.dispatch({ type: 'connection', connection: 'offline' });
    await settled(element);
    button(waiting, 'Take Jon Archer').click();
    desk.dispatch({ type: 'connection', connection: 'online' });
    for (const contact of ['young', 'old']) desk.dispatch({ type: 'waiting-gone', contact });
    await settled(element);
    expect(all(waiting, 'vc-waiting-entry')).to.deep.equal([]);
    expect(textOf(waiting)).to.contain('Nobody waits');
    const box = button(waiting, 'Take next contact');
    expect(box.getAttribute('aria-disabled')).to.equal('true');
    box.click();
    expect([...wanted, ...asked]).to.deep.equal([]);
  });

  it('C7 gives contacts that lost their agent a label and the first place', async () => {
    const { element, desk, waiting } = await waitingDesk();
    desk.dispatch({
      type: 'waiting-put',
      entry: waitingEntry({ contact: 'lost', name: 'Ines', first: true, ...young() }),
    });
    await settled(element);
    expect(texts(waiting, '.top button')[0]).to.equal('Ines');
    expect(textOf(one(entryOf(waiting, 'Ines'), '.facts'))).to.contain('Lost their agent');
  });
});
