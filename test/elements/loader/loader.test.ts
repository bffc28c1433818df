import { expect } from '@open-wc/testing';
import { insertWidget } from '../../../components/loader/insert-widget.ts';
import { until } from '../until.ts';

const SERVER = 'https://chat.example';
const INVITATIONS = new URL('./fake-invitations.ts', import.meta.url).href;
const here = (widget: string) => ({
  widget: new URL(widget, import.meta.url).href,
  invitations: INVITATIONS,
});
const MODULE = here('./fake-widget.ts');
const MISSING = here('./not-there.ts');

const widgets = () => [...document.querySelectorAll('vc-widget')];
const launcher = () => widgets()[0]?.shadowRoot?.querySelector('button') as HTMLButtonElement;
/** Whether the browser has asked for the widget. */
const requested = () => performance.getEntriesByName(MODULE.widget).length > 0;

describe('script tag', () => {
  beforeEach(() => {
    for (const widget of widgets()) widget.remove();
    localStorage.clear();
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`E1 is accessible before the element is there (${scheme})`, async () => {
      insertWidget(SERVER, MISSING, { service: 'sales', theme: scheme });
      await expect(widgets()[0] as HTMLElement).to.be.accessible();
    });
  }

  it('E1 shows a launcher in its corner at once, and hands the tag on to the element', () => {
    const data = { service: 'sales', locale: 'de', theme: 'dark', position: 'left', identity: 'a.b.c' };
    insertWidget(SERVER, MISSING, data);
    expect(launcher().ariaLabel).to.equal('Open chat');
    const { left, bottom } = launcher().getBoundingClientRect();
    expect([left, innerHeight - bottom]).to.deep.equal([20, 20]);
    const attributes = Object.fromEntries(
      [...(widgets()[0]?.attributes ?? [])].map(({ name, value }) => [name, value]),
    );
    expect(attributes).to.deep.equal({ server: SERVER, ...data });
  });

  it('E1 makes one widget of two tags', () => {
    insertWidget(SERVER, MISSING, { service: 'sales' });
    insertWidget(SERVER, MISSING, { service: 'support' });
    expect(widgets().map((widget) => widget.getAttribute('service'))).to.deep.equal(['sales']);
  });

  it('E1 says when the widget cannot be loaded, and works on', async () => {
    insertWidget(SERVER, MISSING, { service: 'sales' });
    launcher().click();
    expect(launcher().ariaBusy).to.equal('true');
    expect(widgets()[0]?.hasAttribute('open')).to.be.true;
    await until(() => launcher().ariaBusy === null);
    expect(launcher().title).to.equal('The chat cannot be loaded. Click to try again.');
    expect(widgets()[0]?.hasAttribute('open')).to.be.false;
    launcher().click();
    expect(launcher().ariaBusy).to.equal('true');
  });

  // From here on the element is defined: the order of these tests matters.
  it('E1 loads the widget when somebody is about to use it, not before', async () => {
    insertWidget(SERVER, MODULE, { service: 'sales' });
    expect(requested()).to.be.false;
    launcher().dispatchEvent(new PointerEvent('pointerenter'));
    await customElements.whenDefined('vc-widget');
    expect(requested()).to.be.true;
    expect(widgets()[0]?.hasAttribute('open')).to.be.false;
  });

  it('E1 leaves the drawing to an element that is defined already', () => {
    insertWidget(SERVER, MODULE, { service: 'sales' });
    expect(widgets()[0]?.shadowRoot).to.be.null;
  });
});
