import { expect } from '@open-wc/testing';
import { VcPushedLink } from '../../../components/elements/widget/vc-pushed-link.ts';
import { append, fill, happened } from '../parts/contact-fixture.ts';
import { until } from '../until.ts';
import { inWidget } from './in-widget.ts';

const PAGE = 'https://shop.example/lamps/halo';
const NOW = () => Date.now() + 1;
const pushed = (offset: number, text = PAGE, at = NOW()) =>
  happened(offset, 'link.pushed', { text, at, id: `link-${offset}-${at}` });

const went: string[] = [];
VcPushedLink.go = (url) => {
  went.push(url);
};

const talking = async (change = {}, options = {}) => {
  went.length = 0;
  sessionStorage.clear();
  const made = await inWidget(options);
  made.show(change);
  fill(made.session().contact, [happened(1, 'contact.taken')]);
  await made.widget.updateComplete;
  return made;
};
const shown = async (made: Awaited<ReturnType<typeof talking>>) => {
  append(made.session().contact, pushed(2));
  await until(() => made.all('h2', 'Anna suggests a page').length);
  return made;
};

describe('pages the agent shows in vc-widget', () => {
  for (const theme of ['light', 'dark']) {
    it(`M5 is accessible (${theme})`, async () => {
      const { widget, rest } = await shown(await talking({}, { theme }));
      await rest();
      await expect(widget).to.be.accessible();
    });
  }

  it('M5 shows a page to open here or in a new tab', async () => {
    const { all } = await shown(await talking());
    const link = (name: string) => all('a', name)[0] as HTMLAnchorElement;
    expect(link('Open here').href).to.equal(PAGE);
    expect(link('Open here').target).to.equal('');
    expect([link('New tab').href, link('New tab').target, link('New tab').rel]).to.deep.equal([
      PAGE,
      '_blank',
      'noopener noreferrer',
    ]);
    expect(went).to.be.empty;
  });

  it('M5 puts the page away, and shows the next', async () => {
    const made = await shown(await talking());
    made.button('Dismiss').click();
    await until(() => !made.all('h2', 'Anna suggests a page').length);
    append(made.session().contact, pushed(3, 'https://shop.example/other'));
    await until(() => made.all('h2', 'Anna suggests a page').length);
    expect(made.text()).to.contain('shop.example/other');
  });

  it('M5 opens a minimised widget', async () => {
    const made = await talking();
    made.widget.open = false;
    append(made.session().contact, pushed(2));
    await until(() => made.widget.open);
  });

  it('M5 takes the page along once the visitor agreed, and until they do no more', async () => {
    const made = await shown(await talking());
    made.button('Let Anna take me to pages').click();
    await until(() => made.session().asked.includes('consent true'));
    expect(went).to.be.empty;
    made.show({ follows: true });
    await until(() => went.length);
    append(made.session().contact, pushed(3, 'https://shop.example/other'));
    await until(() => went.length === 2);
    expect(went).to.deep.equal([PAGE, 'https://shop.example/other']);
    expect(made.all('h2', 'Anna suggests a page')).to.be.empty;
    made.button('Stop').click();
    await until(() => made.session().asked.includes('consent false'));
    made.show({ follows: false });
    append(made.session().contact, pushed(4));
    await until(() => made.all('h2', 'Anna suggests a page').length);
    expect(went).to.have.length(2);
  });

  it('M5 goes nowhere for what a former page or the history repeats, or for what is no web page', async () => {
    const made = await talking({ follows: true });
    const before = performance.timeOrigin - 1_000;
    append(made.session().contact, pushed(2, PAGE, before));
    append(made.session().contact, pushed(3, 'javascript:alert(1)'));
    append(made.session().contact, pushed(4, 'not an address'));
    await until(() => made.all('button', 'Stop').length);
    expect(went).to.be.empty;
    expect(made.all('h2', 'Anna suggests a page')).to.be.empty;
    append(made.session().contact, pushed(5));
    await until(() => went.length);
    expect(went).to.deep.equal([PAGE]);
  });

  it('M5 shows nothing before there is a connection, or after the end', async () => {
    const made = await talking();
    made.session().visitor.dispatch({ type: 'connection', connection: 'offline' });
    append(made.session().contact, pushed(2));
    await made.widget.updateComplete;
    expect(made.all('h2', 'Anna suggests a page')).to.be.empty;
    made.session().visitor.dispatch({ type: 'connection', connection: 'online' });
    await until(() => made.all('h2', 'Anna suggests a page').length);
    made.show({ phase: 'ended' });
    await until(() => !made.all('h2', 'Anna suggests a page').length);
  });
});
