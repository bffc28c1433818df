import { expect } from '@open-wc/testing';
import type { ServiceView } from '../../../core/protocol/server-frames.ts';
import { until } from '../until.ts';
import { aService } from './fake-session.ts';
import { inWidget } from './in-widget.ts';

const HOUR = 3_600_000;
/** Nine o'clock, so many days from today. */
const nine = (days: number): number => {
  const date = new Date();
  date.setDate(date.getDate() + days);
  return date.setHours(9, 0, 0, 0);
};
const closed = (...days: number[]): Partial<ServiceView> => ({
  staffed: false,
  hours: { open: false, spans: days.map((day) => ({ from: nine(day), to: nine(day) + 8 * HOUR })) },
});

const atHome = async (change: Partial<ServiceView>, options = {}) => {
  const made = await inWidget(options);
  made.session().visitor.dispatch({ type: 'service', service: aService(change) });
  await made.widget.updateComplete;
  await until(() => made.all('h2').length);
  if (change.hours?.open === false) await customElements.whenDefined('vc-business-hours');
  return made;
};
const ways = (all: Awaited<ReturnType<typeof inWidget>>['all']) =>
  all('.way').map(({ textContent }) => textContent?.trim());

describe('beginning in vc-widget', () => {
  for (const theme of ['light', 'dark']) {
    it(`C18 is accessible outside of business hours (${theme})`, async () => {
      const { widget, all, rest } = await atHome(
        { ...closed(1, 2), offers: ['chat', 'callback', 'lead'] },
        { theme },
      );
      await until(() => all('summary').length);
      all('summary')[0]?.click();
      await rest();
      await expect(widget).to.be.accessible();
    });
  }

  it('C1 offers every way to begin that is open, in the order of the service', async () => {
    const { all, session } = await atHome({ offers: ['callback', 'video', 'chat', 'lead', 'voice'] });
    await until(() => all('.way').length === 5);
    expect(ways(all)).to.deep.equal(['Call me back', 'Video call', 'Chat', 'Leave a message', 'Voice call']);
    session().visitor.dispatch({ type: 'service', service: aService({ offers: ['chat'] }) });
    await until(() => all('.way').length === 1);
    expect(all('textarea', 'Message')).to.have.length(1);
  });

  it('C1 offers calls only while there is a connection', async () => {
    const { all, session } = await atHome({ offers: ['chat', 'voice', 'video', 'lead'] });
    await until(() => all('.way').length === 4);
    session().visitor.dispatch({ type: 'connection', connection: 'offline' });
    await until(() => all('.way').length === 2);
    expect(ways(all)).to.deep.equal(['Chat', 'Leave a message']);
  });

  it('V20 says why there are no calls on a page that came without HTTPS', async () => {
    const says = 'Calls need a secure page: open this one with https://.';
    const safe = await atHome({ offers: ['chat', 'video'] });
    await until(() => safe.all('.way').length === 2);
    expect(safe.all('vc-calls-hidden')).to.be.empty;
    const given = Object.getOwnPropertyDescriptor(window, 'isSecureContext') ?? {};
    Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true });
    try {
      const { all, widget, rest } = await atHome({ offers: ['chat', 'video'] });
      await until(() => all('vc-calls-hidden')[0]?.shadowRoot?.textContent === says);
      await rest();
      await expect(widget).to.be.accessible();
      const silent = await atHome({ offers: ['chat', 'lead'] });
      await until(() => silent.all('.way').length === 2);
      expect(silent.all('vc-calls-hidden')).to.be.empty;
    } finally {
      Object.defineProperty(window, 'isSecureContext', given);
    }
  });

  it('C1 has no text field where the service offers no chat', async () => {
    const { all, text } = await atHome({ staffed: false, offers: ['lead'] });
    await until(() => all('button', 'Leave a message').length);
    expect(all('textarea')).to.be.empty;
    expect(text()).to.contain('Nobody is here right now. Leave word, and we get back to you.');
  });

  it('C1 says what can be done when nobody is there', async () => {
    const { session, text } = await atHome({ staffed: false });
    await until(() => text().includes('Nobody is here right now. Write to us'));
    session().visitor.dispatch({ type: 'service', service: aService({ staffed: false, offers: [] }) });
    await until(() => text().includes('Please come back later.'));
  });

  it('C18 says when somebody is back, in the time of the visitor', async () => {
    const { session, text } = await atHome(closed(1, 2));
    const time = new Intl.DateTimeFormat(navigator.language, { timeStyle: 'short' }).format(nine(1));
    await until(() => text().includes(`We are back tomorrow at ${time}, your time.`));
    session().visitor.dispatch({ type: 'service', service: aService(closed(3)) });
    const day = new Date(nine(3)).toLocaleDateString(undefined, { weekday: 'long' });
    await until(() => text().includes(`We are back on ${day} at ${time}, your time.`));
  });

  it('C18 lists the hours of the days to come', async () => {
    const { all } = await atHome(closed(1, 3));
    await until(() => all('summary', 'Opening hours').length);
    all('summary')[0]?.click();
    await until(() => all('dd').length);
    const hours = all('dd').map(({ textContent }) => textContent);
    expect(hours).to.have.length(4);
    expect([hours[0], hours[2]]).to.deep.equal(['Closed', 'Closed']);
    expect(hours[1]).to.equal(hours[3]);
  });

  it('C18 says nothing of hours while the service is open', async () => {
    const { all, widget } = await atHome({ hours: { open: true, spans: [{ from: 0, to: nine(1) }] } });
    await widget.updateComplete;
    expect(all('vc-business-hours')).to.be.empty;
  });
});
