import { expect } from '@open-wc/testing';
import { insertWidget } from '../../../components/loader/insert-widget.ts';
import { notePage } from '../../../components/loader/note-page.ts';
import { until } from '../until.ts';

const SERVER = 'https://chat.example';
const ADDRESSES = {
  widget: new URL('./not-there.ts', import.meta.url).href,
  invitations: new URL('./fake-invitations.ts', import.meta.url).href,
};
const INVITATION = { id: 'lamps', text: 'Which lamp?', kind: 'chat' };

const asked: string[] = [];
let answer: unknown[] = [];
window.fetch = async (input) => {
  asked.push(String(input));
  return new Response(JSON.stringify(answer));
};
const widget = () => document.querySelector('vc-widget');
const element = () => widget()?.shadowRoot?.querySelector('vc-invitations');
const trail = () => JSON.parse(sessionStorage.getItem('vc:trail') ?? '[]');

describe('script tag', () => {
  beforeEach(() => {
    widget()?.remove();
    localStorage.clear();
    sessionStorage.clear();
    asked.length = 0;
    answer = [];
  });

  it('C19 asks what the service invites to, and loads nothing when that is nothing', async () => {
    insertWidget(SERVER, ADDRESSES, { service: 'sales' });
    await until(() => asked.length);
    expect(asked).to.deep.equal([`${SERVER}/api/services/sales/invitations`]);
    expect(performance.getEntriesByName(ADDRESSES.invitations)).to.be.empty;
  });

  it('C19 asks nothing while a conversation runs', () => {
    localStorage.setItem('vc:live:sales', '1');
    insertWidget(SERVER, ADDRESSES, { service: 'sales' });
    expect(asked).to.be.empty;
  });

  it('C19 brings the invitations without the widget', async () => {
    answer = [INVITATION];
    insertWidget(SERVER, ADDRESSES, { service: 'sales' });
    await until(element);
    const { invitations, service } = element() as HTMLElement & { invitations: unknown; service: string };
    expect([invitations, service]).to.deep.equal([[INVITATION], 'sales']);
    expect(customElements.get('vc-widget')).to.be.undefined;
  });

  it('C6 hands the addressed agent on', () => {
    insertWidget(SERVER, ADDRESSES, { service: 'sales', agent: 'anna' });
    expect(widget()?.getAttribute('agent')).to.equal('anna');
  });

  it('C12 notes the pages of a visit, each once in a row, the last twenty', () => {
    notePage();
    notePage();
    expect(trail().map(({ url, title }: { url: string; title: string }) => [url, title])).to.deep.equal([
      [location.href, document.title],
    ]);
    const pages = Array.from({ length: 20 }, (_, at) => ({
      url: `https://shop.example/${at}`,
      title: '',
      at,
    }));
    sessionStorage.setItem('vc:trail', JSON.stringify(pages));
    notePage();
    expect(trail()).to.have.length(20);
    expect(trail().at(-1).url).to.equal(location.href);
    expect(trail()[0].url).to.equal('https://shop.example/1');
  });

  it('C12 leaves alone what it cannot read', () => {
    sessionStorage.setItem('vc:trail', 'not JSON');
    notePage();
    expect(sessionStorage.getItem('vc:trail')).to.equal('not JSON');
  });
});
