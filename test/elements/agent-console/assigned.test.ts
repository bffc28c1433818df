import { expect } from '@open-wc/testing';
import { until } from '../until.ts';
import { callView, change, contactView, happen, jot, say, send } from './fake-desk.ts';
import { all, button, one, openDesk, panel, region, settled, textOf, texts } from './open-desk.ts';

const named = (id: string, name: string) => ({ id, visitor: { ...contactView().visitor, name } });

async function busyDesk(options?: Parameters<typeof openDesk>[0]) {
  const desk = await openDesk(options);
  desk.welcome();
  const mara = desk.assign(named('c1', 'Mara'));
  const jon = desk.assign(named('c2', 'Jon'));
  await settled(desk.element);
  return { ...desk, mara, jon, assigned: region(desk.element, 'Assigned') };
}

const expanded = (root: Element) =>
  all(root, 'article[data-expanded]').map((each) => each.getAttribute('aria-label'));

describe('vc-assigned', () => {
  for (const theme of ['light', 'dark'] as const)
    for (const width of [375, 1280])
      it(`C10 is accessible in ${theme}, ${width} px wide`, async () => {
        const { element, mara, jon } = await busyDesk({ theme, width });
        say(mara, 'visitor', 'Hello');
        say(jon, 'visitor', 'Hello');
        await settled(element);
        await expect(one(element, 'vc-assigned')).to.be.accessible();
      });

  it('C10 says what to do while there is no contact', async () => {
    const { element, welcome } = await openDesk();
    welcome();
    await settled(element);
    expect(textOf(region(element, 'Assigned'))).to.contain('No conversations');
  });

  it('C10 has one article per contact, named after the visitor, exactly one expanded', async () => {
    const { element, desk, assigned, asked } = await busyDesk();
    expect(all(assigned, 'article').map((each) => each.getAttribute('aria-label'))).to.deep.equal([
      'Mara',
      'Jon',
    ]);
    expect(expanded(assigned)).to.deep.equal(['Mara']);
    button(assigned, 'Open conversation with Jon').click();
    await settled(element);
    expect(asked).to.deep.equal([['expand', 'c2']]);
    expect(expanded(assigned), 'before the store says so').to.deep.equal(['Mara']);
    desk.dispatch({ type: 'expanded', contact: 'c2' });
    await settled(element);
    expect(expanded(assigned)).to.deep.equal(['Jon']);
  });

  it('C10 keeps the panels of other contacts when one is put away', async () => {
    const { element, desk, assigned } = await busyDesk();
    const jon = panel(assigned, 'Jon');
    desk.dispatch({ type: 'put-away', contact: 'c1' });
    await settled(element);
    expect(all(assigned, 'article')).to.deep.equal([jon]);
    expect(expanded(assigned)).to.deep.equal(['Jon']);
  });

  it('C10 shows the newest message or event of a collapsed contact, and flashes when it comes', async () => {
    const { element, jon, assigned } = await busyDesk();
    const row = panel(assigned, 'Jon');
    say(jon, 'visitor', 'Is someone there?');
    await settled(element);
    expect(texts(row, '.line')).to.deep.equal(['Is someone there?']);
    const first = one(row, '.flash');
    say(jon, 'agent', 'One moment');
    await settled(element);
    expect(texts(row, '.line')).to.deep.equal(['You: One moment']);
    expect(one(row, '.flash'), 'flashes anew').not.to.equal(first);
    happen(jon, 'call.asked', { side: 'visitor', name: 'Jon', call: 'video' });
    await settled(element);
    expect(texts(row, '.line')).to.deep.equal(['Jon asked for a video call']);
  });

  it('C10 shows what the visitor asked rather than that the agent joined', async () => {
    const { element, jon, assigned } = await busyDesk();
    say(jon, 'visitor', 'Is someone there?');
    happen(jon, 'contact.taken', { side: 'agent', name: 'Anna' });
    await settled(element);
    expect(texts(panel(assigned, 'Jon'), '.line')).to.deep.equal(['Is someone there?']);
  });

  it('C10 scrolls an expanded panel into view on a phone, with a row beside it', async () => {
    const { element, desk, assigned } = await busyDesk({ width: 375 });
    const whole = (name: string) => {
      const { top, bottom } = panel(assigned, name).getBoundingClientRect();
      const view = one(assigned, '.list').getBoundingClientRect();
      return top >= view.top - 1 && bottom <= view.bottom + 1;
    };
    expect([whole('Mara'), whole('Jon')]).to.deep.equal([true, false]);
    desk.dispatch({ type: 'expanded', contact: 'c2' });
    await until(() => whole('Jon'), 'the expanded panel is in view');
    desk.dispatch({ type: 'expanded', contact: 'c1' });
    await settled(element);
    await until(() => whole('Mara'), 'the other one is');
  });

  it('C10 V2 keeps who rings in view, wherever the list stands', async () => {
    const { element, jon, assigned } = await busyDesk({ width: 375 });
    change(jon, { call: callView({ status: 'asking', askedBy: 'visitor' }) });
    await settled(element);
    const answer = button(panel(assigned, 'Jon'), 'Decline').getBoundingClientRect();
    expect(answer.bottom).to.be.below(element.getBoundingClientRect().bottom);
  });

  it('C10 does not flash for what was there when the panel was collapsed', async () => {
    const { element, desk, mara, assigned } = await busyDesk();
    say(mara, 'visitor', 'Hello');
    desk.dispatch({ type: 'expanded', contact: 'c2' });
    await settled(element);
    expect(texts(panel(assigned, 'Mara'), '.line')).to.deep.equal(['Hello']);
    expect(all(panel(assigned, 'Mara'), '.flash')).to.deep.equal([]);
  });

  for (const width of [375, 700, 1280])
    it(`C10 gives the expanded panel the room that is left, ${width} px wide`, async () => {
      const { element, mara, assigned } = await busyDesk({ width });
      for (let line = 0; line < 60; line++) say(mara, 'visitor', `Line ${line}`);
      await settled(element);
      const [log] = all(panel(assigned, 'Mara'), '[role=log]');
      const composer = one(panel(assigned, 'Mara'), 'textarea').getBoundingClientRect();
      const place = element.getBoundingClientRect();
      expect(log?.scrollHeight, 'the log scrolls').to.be.above(log?.clientHeight ?? 0);
      expect(composer.bottom).to.be.below(place.bottom);
      expect(composer.right).to.be.below(place.right);
      expect(composer.width).to.be.above(200);
    });

  it('C11 shows what the visitor does: writing, unread, idle, changing page, away, ended', async () => {
    const { element, mara, jon, assigned } = await busyDesk();
    const signs = (name: string) =>
      all(panel(assigned, name), 'vc-panel-status [role=img], [role=img]')
        .filter(
          (each) => each.getRootNode() instanceof ShadowRoot && each.closest('[data-presence], .unread'),
        )
        .map((each) => each.getAttribute('aria-label'));
    expect(signs('Jon')).to.deep.equal([]);
    jon.dispatch({ type: 'typing', on: true });
    mara.dispatch({ type: 'typing', on: true });
    await settled(element);
    expect([signs('Jon'), signs('Mara')]).to.deep.equal([['Writing'], ['Writing']]);
    say(jon, 'visitor', 'Hello');
    await settled(element);
    expect(signs('Jon')).to.deep.equal(['1 unread message']);
    change(jon, { away: { visitor: Date.now(), agent: null } });
    say(jon, 'visitor', 'Still there?');
    await settled(element);
    expect(signs('Jon')).to.deep.equal(['Connection lost', '2 unread messages']);
    change(jon, { moving: Date.now() - 9_000 });
    await settled(element);
    expect(signs('Jon')).to.deep.equal(['Changing page', '2 unread messages']);
    await until(() => signs('Jon')[0] === 'Connection lost', 'there is no next page');
    change(jon, { moving: null, away: { visitor: null, agent: null }, idle: Date.now() });
    await settled(element);
    expect(signs('Jon')[0]).to.match(/^Idle since /);
    jon.dispatch({ type: 'typing', on: true });
    await settled(element);
    expect(signs('Jon'), 'back').to.deep.equal(['Writing', '2 unread messages']);
    change(jon, {
      phase: 'ended',
      endedAt: Date.now(),
      cursors: { visitor: { delivered: 2, read: 2 }, agent: { delivered: 2, read: 2 } },
    });
    await settled(element);
    expect(signs('Jon')).to.deep.equal(['Ended']);
  });

  it('C11 counts the time since the contact was taken, by the clock of the server, until it ends', async () => {
    const { element, desk, jon, assigned } = await busyDesk();
    const clock = () => texts(panel(assigned, 'Jon'), '[role=timer]')[0];
    const takenAt = Date.now() - 3_725_000;
    change(jon, { takenAt });
    await settled(element);
    expect(clock()).to.equal('1:02:05');
    await until(() => clock() === '1:02:06', 'goes on');
    desk.dispatch({ type: 'clock', skew: 60_000 });
    await settled(element);
    expect(clock()).to.match(/^1:03:0/);
    change(jon, { phase: 'ended', endedAt: takenAt + 60_000 });
    await settled(element);
    expect(clock()).to.equal('1:00');
  });

  it('C10 flashes for files and notes, too', async () => {
    const { element, jon, assigned } = await busyDesk();
    const row = panel(assigned, 'Jon');
    send(jon, 'plan.pdf');
    await settled(element);
    expect(texts(row, '.line')[0]).to.contain('plan.pdf');
    const first = one(row, '.flash');
    jot(jon, 'Wants a discount');
    await settled(element);
    expect(texts(row, '.line')[0]).to.contain('Wants a discount');
    expect(one(row, '.flash')).not.to.equal(first);
  });

  it('C13 C14 marks a collapsed panel with its colour and with a hand-over that is open', async () => {
    const { element, jon, assigned } = await busyDesk();
    const row = panel(assigned, 'Jon');
    expect(all(row, '.tag, .transfer')).to.deep.equal([]);
    const transfer = { to: 'Ben', kind: 'agent', note: '', until: Date.now() + 60_000 } as const;
    change(jon, { desk: { colour: 'green', permissions: null, transfer } });
    await settled(element);
    expect(one(row, '.tag').dataset.colour).to.equal('green');
    expect(one(row, '.transfer').getAttribute('aria-label')).to.equal('Offered to Ben');
  });

  for (const width of [375, 1280])
    it(`C10 tells of unread messages out of view among 30 panels, ${width} px wide`, async () => {
      const { element, welcome, assign } = await openDesk({ width });
      welcome();
      const stores = Array.from({ length: 30 }, (_, at) => assign(named(`c${at}`, `Visitor ${at}`)));
      await settled(element);
      const assigned = region(element, 'Assigned');
      const told = () => all(assigned, '.beyond button').map((each) => each.getAttribute('aria-label'));
      expect(told()).to.deep.equal([]);
      for (const at of [27, 29]) if (stores[at]) say(stores[at], 'visitor', 'Hello?');
      await until(() => told()[0] === '2 unread below', 'counts');
      button(assigned, '2 unread below').click();
      await until(() => told()[0] === '1 unread below', 'one is seen');
      const row = panel(assigned, 'Visitor 27').getBoundingClientRect();
      expect(row.bottom).to.be.at.most(one(assigned, '.list').getBoundingClientRect().bottom + 1);
      button(assigned, '1 unread below').click();
      await until(() => told().length === 0, 'all are');
      if (stores[2]) say(stores[2], 'visitor', 'And I?');
      await until(() => told()[0] === '1 unread above', 'counts above');
      await expect(one(element, 'vc-assigned')).to.be.accessible();
    });
});
