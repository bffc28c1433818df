import { expect } from '@open-wc/testing';
import type { Invitation } from '../../../components/elements/widget/invitations.ts';
import { until } from '../until.ts';
import { focusedElement } from './focused-element.ts';
import { invitations, inWidget, sessions } from './in-widget.ts';

const AT_ONCE: Invitation = { id: 'lamps', text: 'Not sure which one fits?', kind: 'chat' };

/** A minimised widget of a service that invites. */
const inviting = async (given: readonly Invitation[], options = {}) => {
  invitations.splice(0, invitations.length, ...given);
  const made = await inWidget({ open: false, ...options });
  await customElements.whenDefined('vc-invitations');
  await until(() => made.all('vc-invitations').length, 'the widget asks for invitations');
  const bubble = () => made.all('section', 'Invitation')[0];
  return { ...made, bubble };
};
const scrollTo = (top: number) => {
  window.scrollTo({ top, behavior: 'instant' });
  document.dispatchEvent(new Event('scroll'));
};
const leave = () => document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 }));
/** A conversation runs, or begins, elsewhere. */
const live = () => localStorage.setItem('vc:live:sales', '1');

describe('invitations of vc-widget', () => {
  beforeEach(() => sessionStorage.clear());
  afterEach(() => {
    invitations.length = 0;
    document.body.style.blockSize = '';
    scrollTo(0);
  });

  for (const theme of ['light', 'dark']) {
    it(`C19 is accessible (${theme})`, async () => {
      const { widget, bubble, rest } = await inviting([AT_ONCE], { theme });
      await until(bubble);
      await rest();
      await expect(widget).to.be.accessible();
    });
  }

  it('C19 shows what it says, and begins the contact it is for', async () => {
    const { widget, bubble, text, button } = await inviting([{ ...AT_ONCE, kind: 'video' }]);
    await until(bubble);
    expect(text()).to.contain('Not sure which one fits?');
    button('Video call').click();
    await until(() => sessions[0]?.asked.includes('open video lamps'));
    expect(widget.open).to.be.true;
    expect(bubble()).to.be.undefined;
  });

  it('C19 goes when it is dismissed, and asks nothing more in this visit', async () => {
    const { widget, bubble, button } = await inviting([AT_ONCE, { ...AT_ONCE, id: 'more' }]);
    await until(bubble);
    const dismissed: unknown[] = [];
    widget.addEventListener('vc-invitation-dismiss-request', ({ detail }) => dismissed.push(detail));
    button('Dismiss').focus();
    button('Dismiss').click();
    await until(() => !bubble());
    expect(dismissed).to.deep.equal([{ invitation: 'lamps' }]);
    expect(focusedElement()).to.equal(button('Open chat'));
    scrollTo(1);
    expect(bubble()).to.be.undefined;
    const { bubble: next } = await inviting([{ ...AT_ONCE, id: 'more' }]);
    expect(next()).to.be.undefined;
  });

  it('C19 stays when the page keeps it', async () => {
    const { widget, bubble, button } = await inviting([AT_ONCE]);
    await until(bubble);
    widget.addEventListener('vc-invitation-dismiss-request', (event) => event.preventDefault());
    button('Dismiss').click();
    await Promise.resolve();
    expect(bubble()).to.exist;
  });

  it('C19 goes on Escape', async () => {
    const { bubble, button } = await inviting([AT_ONCE]);
    await until(bubble);
    button('Chat').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
    );
    await until(() => !bubble());
  });

  it('C19 shows each once per visit', async () => {
    await until((await inviting([AT_ONCE])).bubble);
    const { bubble } = await inviting([AT_ONCE, { ...AT_ONCE, id: 'more', text: 'Another one' }]);
    await until(bubble);
    expect(bubble()?.textContent).to.contain('Another one');
  });

  it('C19 waits until the page was scrolled as far as it says', async () => {
    document.body.style.blockSize = '4000px';
    const { bubble } = await inviting([{ ...AT_ONCE, scrollPercent: 50 }]);
    const whole = document.documentElement.scrollHeight - innerHeight;
    scrollTo(whole * 0.4);
    expect(bubble()).to.be.undefined;
    scrollTo(whole * 0.6);
    expect(bubble()).to.exist;
  });

  it('C19 waits until the pointer leaves towards the address bar', async () => {
    const { bubble } = await inviting([{ ...AT_ONCE, exitIntent: true }]);
    scrollTo(1);
    document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: 400 }));
    expect(bubble()).to.be.undefined;
    leave();
    expect(bubble()).to.exist;
  });

  it('C19 waits for the seconds it says, and for all of its conditions at once', async () => {
    const later = performance.now() / 1000 + 3_600;
    const { bubble } = await inviting([{ ...AT_ONCE, exitIntent: true, afterSeconds: later }]);
    leave();
    expect(bubble()).to.be.undefined;
    const { bubble: other } = await inviting([{ ...AT_ONCE, exitIntent: true, afterSeconds: 0 }]);
    leave();
    expect(other()).to.exist;
  });

  for (const [url, shown] of [
    ['*', true],
    [`${location.origin}/*`, true],
    ['*wtr*', location.href.includes('wtr')],
    ['https://shop.example/cart*', false],
    [location.origin, false],
    [`${location.origin.replace('localhost', 'local.ost')}/*`, false],
  ] as const) {
    it(`C19 ${shown ? 'shows' : 'does not show'} on this page what is for ${url.replace(location.origin, 'HERE')}`, async () => {
      const { bubble } = await inviting([{ ...AT_ONCE, url }]);
      expect(Boolean(bubble())).to.equal(shown);
    });
  }

  it('C19 never shows while the widget is open', async () => {
    const { widget, bubble } = await inviting([{ ...AT_ONCE, exitIntent: true }]);
    widget.open = true;
    await widget.updateComplete;
    leave();
    expect(bubble()).to.be.undefined;
    widget.open = false;
    await widget.updateComplete;
    expect(bubble()).to.be.undefined;
    leave();
    expect(bubble()).to.exist;
    widget.open = true;
    await widget.updateComplete;
    scrollTo(1);
    widget.open = false;
    await widget.updateComplete;
    expect(bubble()).to.be.undefined;
  });

  it('C19 never shows while a conversation runs', async () => {
    const { bubble } = await inviting([{ ...AT_ONCE, exitIntent: true }]);
    live();
    leave();
    expect(bubble()).to.be.undefined;
    localStorage.clear();
  });

  it('C19 stops watching the page when the widget is removed, and goes on when it is back', async () => {
    const { widget, bubble } = await inviting([{ ...AT_ONCE, exitIntent: true }]);
    const place = widget.parentElement;
    widget.remove();
    leave();
    expect(widget.shadowRoot?.querySelector('vc-invitations')?.shadowRoot).to.be.null;
    place?.append(widget);
    leave();
    expect(bubble()).to.exist;
  });
});
