import { expect } from '@open-wc/testing';
import type { VcWaitingEntry } from '../../../components/elements/agent-console/vc-waiting-entry.ts';
import { until } from '../until.ts';
import { change, waitingEntry } from './fake-desk.ts';
import { all, button, one, openDesk, region, requests, settled, textOf, texts } from './open-desk.ts';

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
  const waiting = region(desk.element, 'Waiting');
  await until(() => all(waiting, 'vc-wait-ring').every(isRunning), 'the rings run');
  return { ...desk, waiting };
}

function entryOf(waiting: Element, name: string): HTMLElement {
  const entry = all(waiting, 'vc-waiting-entry').find((each) => textOf(one(each, '.take')) === name);
  if (!entry) throw new Error(`Cannot find ${name}: not among those who wait`);
  return entry;
}

/** Rings run while they are on the screen. */
const isRunning = (ring: Element): boolean => ring.shadowRoot?.getAnimations().length === 3;

/** How full the ring of an entry is, and how much of the later colours lies over the first, 0 to 1. */
function ringOf(entry: Element) {
  const share = (selector: string) => Number(getComputedStyle(one(entry, selector)).opacity);
  const { strokeDashoffset } = getComputedStyle(one(entry, '.fill'));
  return { full: 1 - Number.parseFloat(strokeDashoffset) / 100, late: share('.late'), last: share('.last') };
}

/** The colour of a stroke as painted. */
const strokeOf = (entry: Element, selector: string): string => getComputedStyle(one(entry, selector)).stroke;

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
    expect([younger.late, younger.last]).to.deep.equal([0, 0]);
    expect(older.late).to.equal(1);
    expect(older.last).to.be.closeTo(1 / 3, 0.15);
    desk.dispatch({ type: 'clock', skew: 24_000 });
    await settled(element);
    expect(ringOf(entryOf(waiting, 'Visitor 4F2')).full).to.be.closeTo(0.95, 0.04);
    expect(ringOf(entryOf(waiting, 'Visitor 4F2')).last).to.be.above(0.9);
    expect(one(entryOf(waiting, 'Visitor 4F2'), 'vc-wait-ring').title).to.match(/^0:0[3-6] left$/);
    expect(texts(entryOf(waiting, 'Visitor 4F2'), '.left')[0]).to.match(/^0:0[3-6]$/);
  });

  it('C7 shows the ring in the colours of the theme, also when it is switched meanwhile', async () => {
    const { element, waiting } = await waitingDesk({ theme: 'light' });
    const entry = entryOf(waiting, 'Visitor 4F2');
    const strokes = () => ['.fill', '.late', '.last'].map((each) => strokeOf(entry, each));
    const light = strokes();
    element.theme = 'dark';
    await settled(element);
    const dark = strokes();
    for (const [at, stroke] of dark.entries()) expect(stroke).not.to.equal(light[at]);
    expect(ringOf(entry).full, 'goes on').to.be.closeTo(0.75, 0.04);
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
    expect(textOf(one(waiting, '#next'))).to.equal('Waiting · next: Visitor 4F2');
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

  it('C4 C5 shows the star and the colour of the contact', async () => {
    const { element, desk, waiting } = await waitingDesk();
    expect(all(waiting, '.star, .tag')).to.deep.equal([]);
    desk.dispatch({
      type: 'waiting-put',
      entry: waitingEntry({ contact: 'mine', name: 'Ines', star: true, colour: 'purple', ...young() }),
    });
    await settled(element);
    const entry = entryOf(waiting, 'Ines');
    expect(one(entry, '.star').title).to.match(/^For you/);
    expect(textOf(one(entry, '#more'))).to.contain('For you');
    expect(one(entry, '.tag').dataset.colour).to.equal('purple');
  });

  it('C1 C4 lists callbacks of later apart, without a countdown, and counts them when their time has come', async () => {
    const { element, greet, desk, asked } = await openDesk();
    const wishedAt = Date.now() + 3_600_000;
    const later = waitingEntry({
      contact: 'later',
      name: 'Nora',
      kind: 'callback',
      waitingSince: wishedAt,
      dissuadeAt: null,
    });
    const left = { waitingSince: Date.now() - 60_000, dissuadeAt: null };
    greet({ waiting: [later, waitingEntry({ contact: 'lead', name: 'Leo', kind: 'lead', ...left })] });
    await settled(element);
    const waiting = region(element, 'Waiting');
    expect(texts(waiting, '.count')).to.deep.equal(['1']);
    expect(texts(waiting, 'h3')).to.deep.equal(['Later']);
    const entry = entryOf(waiting, 'Nora');
    expect(all(entry, '.ring, .left, .time')).to.deep.equal([]);
    expect(textOf(one(entry, '.due'))).to.match(/^Call at /);
    expect(textOf(one(entry, '.kind'))).to.match(/^Callback/);
    expect(all(entryOf(waiting, 'Leo'), '.ring, .left, .due')).to.deep.equal([]);
    expect(textOf(one(entryOf(waiting, 'Leo'), '.kind'))).to.match(/^Message left/);
    button(waiting, 'Take next contact').click();
    await Promise.resolve();
    expect(asked, 'who left word, not who is called later').to.deep.equal([['take', 'lead']]);
    desk.dispatch({ type: 'clock', skew: 3_600_000 - 300 });
    await until(() => texts(waiting, '.count')[0] === '2', 'its time has come');
    expect(texts(waiting, 'h3')).to.deep.equal([]);
    expect(textOf(one(waiting, '#next'))).to.equal('Waiting · next: Nora');
  });

  it('C14 says who hands over and why, and lets what is for this agent alone be declined', async () => {
    const { element, desk, waiting, asked } = await waitingDesk();
    const hand = { from: 'Ben', note: 'Knows lamps' };
    const put = (contact: string, name: string, direct: boolean) =>
      desk.dispatch({
        type: 'waiting-put',
        entry: waitingEntry({ contact, name, transfer: { ...hand, direct }, ...young() }),
      });
    put('direct', 'Ines', true);
    put('service', 'Omar', false);
    await settled(element);
    expect(texts(waiting, '.top button').slice(0, 2), 'before all others').to.have.members(['Ines', 'Omar']);
    const [ines, omar] = [entryOf(waiting, 'Ines'), entryOf(waiting, 'Omar')];
    expect(texts(ines, '.hand')).to.deep.equal(['Ben hands over: Knows lamps']);
    await until(() => isRunning(one(ines, 'vc-wait-ring')), 'its ring runs');
    expect(ringOf(ines).full).to.be.closeTo(10 / 120, 0.04);
    expect(all(omar, '.decline')).to.deep.equal([]);
    button(ines, 'Decline Ines').click();
    await Promise.resolve();
    expect(asked).to.deep.equal([['declineTransfer', 'direct']]);
  });

  it('C16 says why nothing is offered: away, offline, or enough to do', async () => {
    const { element, desk, greet, assign } = await openDesk();
    greet({ limit: 1 });
    await settled(element);
    const said = () => texts(region(element, 'Waiting'), '#next')[0];
    expect(said()).to.equal('Nobody waits');
    const mara = assign();
    await settled(element);
    expect(said()).to.equal('You have 1 of 1: nothing is offered');
    change(mara, { phase: 'ended', endedAt: Date.now() });
    await settled(element);
    expect(said(), 'an ended one takes no place').to.equal('Nobody waits');
    const status = { reason: null, voice: true, video: true };
    desk.dispatch({ type: 'status', status: { ...status, state: 'away' } });
    await settled(element);
    expect(said()).to.equal('You are away: nothing is offered');
    desk.dispatch({ type: 'status', status: { ...status, state: 'offline' } });
    await settled(element);
    expect(said()).to.equal('You are offline: nothing is offered');
  });

  it('C8 is one stop of the tab key, with the arrow keys inside', async () => {
    const { element, desk, waiting } = await waitingDesk();
    const stops = () =>
      all(waiting, '.take')
        .filter((each) => each.tabIndex === 0)
        .map((each) => textOf(each));
    const press = (name: string, key: string) =>
      one(entryOf(waiting, name), '.take').dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true }),
      );
    expect(stops()).to.deep.equal(['Take next contact', 'Visitor 4F2']);
    entryOf(waiting, 'Visitor 4F2').focus();
    press('Visitor 4F2', 'ArrowDown');
    await settled(element);
    expect(stops()).to.deep.equal(['Take next contact', 'Jon Archer']);
    press('Jon Archer', 'Home');
    await settled(element);
    expect(stops()).to.deep.equal(['Take next contact', 'Visitor 4F2']);
    desk.dispatch({ type: 'waiting-gone', contact: 'old' });
    await settled(element);
    expect(stops(), 'gone').to.deep.equal(['Take next contact', 'Jon Archer']);
  });

  it('C4 draws 200 that wait, and every second again only those on the screen', async () => {
    const { element, desk, greet } = await openDesk();
    const many = Array.from({ length: 200 }, (_, at) =>
      waitingEntry({
        contact: `w${at}`,
        name: `Visitor ${at}`,
        ...young(),
        waitingSince: Date.now() - 90_000 + at,
      }),
    );
    greet({ waiting: many });
    await settled(element);
    const entries = all<VcWaitingEntry>(region(element, 'Waiting'), 'vc-waiting-entry');
    const shown = () => entries.map((entry) => texts(entry, '.time')[0]);
    const before = shown();
    await until(() => shown()[0] !== before[0], 'a second passed');
    const ticked = shown().filter((time, at) => time !== before[at]).length;
    expect(ticked).to.be.within(1, 20);
    expect(all(element, 'vc-wait-ring').filter(isRunning).length).to.be.within(1, 20);
    expect(desk.state.waiting.length).to.equal(200);
  });
});
