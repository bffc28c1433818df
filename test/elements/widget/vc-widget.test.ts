import { expect, nextFrame } from '@open-wc/testing';
import { append, message } from '../parts/contact-fixture.ts';
import { until } from '../until.ts';
import { inWidget, sessions } from './in-widget.ts';

const focused = (): Element | null => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
};
const pressEscape = () =>
  focused()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
/** Removal is noticed in the next task. */
const nextTask = () => new Promise((done) => setTimeout(done));

describe('vc-widget', () => {
  for (const theme of ['light', 'dark']) {
    it(`E1 is accessible, minimised and open (${theme})`, async () => {
      const { widget } = await inWidget({ theme, open: false });
      await expect(widget).to.be.accessible();
      const { widget: opened, all, rest } = await inWidget({ theme });
      await until(() => all('button', 'Chat').length);
      await rest();
      await expect(opened).to.be.accessible();
    });
  }

  it('E1 asks nothing of the server before it is needed', async () => {
    const { widget, session, button } = await inWidget({ open: false });
    expect(sessions).to.be.empty;
    button('Open chat').click();
    await widget.updateComplete;
    expect(sessions).to.have.length(1);
    const { server, service, language } = session().options;
    expect([server, service, language]).to.deep.equal([location.origin, 'sales', navigator.language]);
  });

  it('E1 comes back by itself while a conversation runs', async () => {
    const { widget } = await inWidget({ open: false });
    widget.remove();
    localStorage.setItem('vc:live:sales', '1');
    document.body.append(widget);
    expect(sessions).to.have.length(1);
    expect(widget.open).to.be.false;
    widget.remove();
    localStorage.clear();
  });

  it('E1 moves the focus to the textbox on opening, and back to the launcher on Escape', async () => {
    const { widget, button, all, session } = await inWidget({ open: false });
    button('Open chat').click();
    await until(() => focused() instanceof HTMLTextAreaElement);
    expect(focused()?.ariaLabel).to.equal('Message');
    expect(all('button', 'Open chat')).to.be.empty;
    pressEscape();
    await widget.updateComplete;
    expect(widget.open).to.be.false;
    expect(focused()).to.equal(button('Open chat'));
    button('Open chat').click();
    await until(() => all('button', 'Minimise chat').length);
    button('Minimise chat').click();
    await until(() => !widget.open);
    expect(session().asked.filter((verb) => verb.startsWith('visible'))).to.deep.equal([
      'visible true',
      'visible false',
      'visible true',
      'visible false',
    ]);
  });

  it('E1 does not take the focus when the page opens it', async () => {
    const { widget } = await inWidget({ open: false });
    widget.open = true;
    await widget.updateComplete;
    await nextFrame();
    expect(document.activeElement).to.equal(document.body);
  });

  it('E1 tells the page when it opens, minimises, and what is unread', async () => {
    const { widget, session, show, all } = await inWidget({ open: false });
    const facts: string[] = [];
    for (const type of [
      'vc-opened',
      'vc-minimised',
      'vc-unread-changed',
      'vc-contact-opened',
      'vc-contact-ended',
    ])
      widget.addEventListener(type, (event) =>
        facts.push([type, ...Object.values((event as CustomEvent<object>).detail)].join(' ')),
      );
    widget.open = true;
    await widget.updateComplete;
    widget.open = false;
    await widget.updateComplete;
    show({});
    append(session().contact, message(1, 'agent', 'Hello?'));
    await widget.updateComplete;
    const [badge] = all('.badge');
    expect(badge?.textContent?.trim()).to.equal('1');
    expect(badge?.ariaLabel).to.equal('1 unread');
    show({ phase: 'ended' });
    expect(facts).to.deep.equal([
      'vc-opened',
      'vc-minimised',
      'vc-contact-opened c1',
      'vc-unread-changed 1',
      'vc-contact-ended c1',
    ]);
  });

  it('E1 keeps its session when it is moved, and closes it when it is removed', async () => {
    const { widget, session } = await inWidget();
    const place = document.createElement('div');
    document.body.append(place);
    place.append(widget);
    await nextTask();
    expect(session().asked).not.to.include('close');
    expect(sessions).to.have.length(1);
    const first = session();
    widget.remove();
    await nextTask();
    expect(first.asked).to.include('close');
    place.append(widget);
    await widget.updateComplete;
    expect(sessions).to.have.length(2);
    place.remove();
  });

  it('E1 carries a request out unless the page cancels it', async () => {
    const { widget, button, all, session } = await inWidget();
    await until(() => all('button', 'Chat').length);
    button('Chat').click();
    await nextTask();
    expect(session().asked).to.include('open chat');
    widget.addEventListener('vc-open-request', (event) => event.preventDefault());
    button('Video call').click();
    await nextTask();
    expect(session().asked).not.to.include('open video');
  });

  it('E1 may be defined again', async () => {
    await inWidget({ open: false });
    const again = new URL('../../../components/define/vc-widget.ts?again', import.meta.url).href;
    await import(again);
    expect(customElements.get('vc-widget')).to.exist;
  });

  it('E1 keeps its place whatever the page says about its own content', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('body * { position: static; width: 50%; margin: 40px auto; padding: 8px }');
    document.adoptedStyleSheets = [sheet];
    const { button } = await inWidget({ open: false });
    const { right, bottom } = button('Open chat').getBoundingClientRect();
    document.adoptedStyleSheets = [];
    expect([innerWidth - right, innerHeight - bottom]).to.deep.equal([20, 20]);
  });
});
