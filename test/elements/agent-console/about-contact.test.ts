import { expect } from '@open-wc/testing';
import type { VcFile } from '../../../components/elements/parts/vc-file.ts';
import { until } from '../until.ts';
import { change, happen, send } from './fake-desk.ts';
import { inPanel, NAME } from './in-panel.ts';
import { all, button, dialogs, one, settled, textOf, texts } from './open-desk.ts';

const DAY = 86_400_000;
const CARD = {
  firstSeen: Date.now() - 40 * DAY,
  trail: [
    { url: 'https://shop.example/', title: 'Lamps', at: Date.now() - 60_000 },
    { url: 'javascript:alert(1)', title: 'Trap', at: Date.now() },
  ],
  earlier: [
    {
      contact: 'x',
      service: { id: 'support', name: 'Support' },
      kind: 'callback' as const,
      openedAt: Date.now() - 20 * DAY,
      endedAt: null,
      agent: 'Ben',
      score: 5,
    },
  ],
};
const TARGETS = {
  agents: [
    { id: 'ben', name: 'Ben', state: 'available' as const, free: 3 },
    { id: 'carla', name: 'Carla', state: 'away' as const, free: 5 },
    { id: 'dan', name: 'Dan', state: 'available' as const, free: 0 },
  ],
  services: [
    { id: 'support', name: 'Support', staffed: true },
    { id: 'sales', name: 'Sales', staffed: true },
  ],
};

const tab = (root: ParentNode, name: RegExp): HTMLElement => {
  const found = all(root, '[role=tab]').find((each) => name.test(textOf(each)));
  if (!found) throw new Error(`Cannot find the tab ${name}: there is none.`);
  return found;
};
const chosen = (root: ParentNode) => texts(root, '[role=tab][aria-selected=true]');
const visible = (root: ParentNode, selector: string) =>
  all(root, selector).filter((each) => each.checkVisibility());
const factsOf = (root: ParentNode) => {
  const list = all(root, 'dl.facts').at(-1) as HTMLElement;
  return Object.fromEntries(texts(list, 'dt').map((name, at) => [name, texts(list, 'dd')[at]]));
};

async function withTransfer(options?: Parameters<typeof inPanel>[0]) {
  const made = await inPanel(options);
  button(made.article, 'Transfer contact').click();
  await settled(made.element);
  made.store.dispatch({ type: 'told', told: { targets: TARGETS } });
  await settled(made.element);
  return { ...made, dialog: dialogs(made.article)[0] as HTMLElement };
}

describe('about the contact', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`C12 is accessible in ${theme}: visitor and files`, async () => {
      const { element, article, store } = await inPanel({ theme });
      send(store, 'label.pdf');
      store.dispatch({ type: 'told', told: { card: CARD } });
      tab(article, /Visitor/).click();
      await settled(element);
      await expect(one(article, 'vc-panel-tabs')).to.be.accessible();
      tab(article, /Files/).click();
      await settled(element);
      await expect(one(article, 'vc-panel-tabs')).to.be.accessible();
    });
    it(`C14 is accessible in ${theme}: colour, transfer, offered`, async () => {
      const { element, article, store } = await withTransfer({ theme });
      button(dialogs(article)[0] as HTMLElement, 'Offer').click();
      await settled(element);
      await expect(one(article, 'vc-transfer')).to.be.accessible();
      change(store, {
        desk: {
          colour: 'red',
          permissions: null,
          transfer: { to: 'Ben', kind: 'agent', note: '', until: Date.now() + 9_000 },
        },
      });
      button(article, 'Colour: None').click();
      await settled(element);
      await expect(one(article, 'vc-colour-tag')).to.be.accessible();
      await expect(one(article, 'vc-transfer-bar')).to.be.accessible();
    });
  }

  it('C12 has tabs, the conversation first, by arrow keys', async () => {
    const { element, article, store } = await inPanel();
    send(store, 'label.pdf');
    await settled(element);
    expect(texts(article, '[role=tab]')).to.deep.equal(['Conversation', 'Visitor', 'Files (1)']);
    expect(chosen(article)).to.deep.equal(['Conversation']);
    const press = async (key: string) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
      one(article, '[role=tab][aria-selected=true]').dispatchEvent(event);
      await settled(element);
      return chosen(article)[0];
    };
    expect(await press('ArrowRight')).to.equal('Visitor');
    expect(await press('End')).to.equal('Files (1)');
    expect(await press('ArrowRight')).to.equal('Conversation');
    expect(await press('ArrowLeft')).to.equal('Files (1)');
    expect(await press('Home')).to.equal('Conversation');
    const log = one(article, '[role=log]');
    await press('End');
    expect(visible(article, '[role=log]')).to.deep.equal([]);
    await press('Home');
    expect(visible(article, '[role=log]'), 'keeps its place').to.deep.equal([log]);
  });

  it('V8 shows live what the visitor’s browser lets us do with their devices', async () => {
    const { element, article, store } = await inPanel();
    tab(article, /Visitor/).click();
    await settled(element);
    const shown = () => {
      const { Microphone, Camera } = factsOf(one(article, 'vc-visitor-facts'));
      return [Microphone, Camera];
    };
    expect(shown()).to.deep.equal(['not known yet', 'not known yet']);
    for (const [microphone, camera, says] of [
      ['prompt', 'missing', ['asked when a call begins', 'none there']],
      ['granted', 'denied', ['allowed', 'blocked']],
      ['unsupported', 'granted', ['not possible in this browser', 'allowed']],
    ] as const) {
      change(store, { desk: { colour: null, transfer: null, permissions: { microphone, camera } } });
      await settled(element);
      expect(shown()).to.deep.equal(says);
    }
  });

  it('C12 asks for the visitor’s card when it is shown, and shows it', async () => {
    const { element, article, store, asked } = await inPanel();
    const cards = () => asked.filter(([verb]) => verb === 'readCard');
    expect(cards()).to.deep.equal([]);
    tab(article, /Visitor/).click();
    await settled(element);
    expect(cards()).to.deep.equal([['readCard', 'c1']]);
    expect(texts(article, 'vc-visitor-facts [role=status], .quiet')).to.deep.equal(['Loading…', 'Loading…']);
    store.dispatch({ type: 'told', told: { card: CARD } });
    await settled(element);
    const facts = one(article, 'vc-visitor-facts');
    expect(factsOf(facts)).to.deep.include({
      Visits: 'Returning visitor',
      'Came from': 'search.example',
      Service: 'Sales',
      Country: 'Netherlands',
      Language: 'German',
      Browser: 'Firefox 153',
      Device: 'Computer, Linux',
    });
    expect(factsOf(facts)['Page now']).to.contain('Your cart');
    expect(factsOf(facts)['First seen']).to.match(/\d/);
    const [trail, earlier] = ['Pages of this visit', 'Earlier contacts'].map((name) =>
      one(facts, `[aria-label="${name}"]`),
    );
    expect(texts(trail as HTMLElement, 'li')[0], 'newest first, and no link to a script').to.contain('Trap');
    expect(all(trail as HTMLElement, 'a').map((each) => each.getAttribute('href'))).to.deep.equal([
      'https://shop.example/',
    ]);
    expect(texts(earlier as HTMLElement, '.more')).to.deep.equal(['Callback · with Ben · 5 of 5']);
    expect(cards()).to.have.length(1);
  });

  it('C12 stands beside the conversation where there is room', async () => {
    const { element, article, asked } = await inPanel({ width: 1600 });
    await until(() => all(article, 'aside').length === 1, 'stands beside');
    await settled(element);
    expect(texts(article, '[role=tab]')).to.deep.equal(['Conversation', 'Files']);
    expect(visible(article, '[role=log], vc-visitor-facts')).to.have.length(2);
    expect(asked.filter(([verb]) => verb === 'readCard')).to.deep.equal([['readCard', 'c1']]);
  });

  it('C1 shows a callback request as fields: the number to dial, the time in both zones', async () => {
    const { element, article, store } = await inPanel();
    const wishedAt = Date.UTC(2026, 0, 5, 15, 0);
    const form = {
      kind: 'callback',
      name: 'Mara',
      number: '+31 (20) 123',
      wishedAt,
      text: 'The Halo',
    } as const;
    change(store, { kind: 'callback', form: { ...form, zone: 'Asia/Kathmandu' } });
    tab(article, /Visitor/).click();
    await settled(element);
    const section = one(article, '[aria-label="Callback request"]');
    expect(one(section, 'a').getAttribute('href')).to.equal('tel:+3120123');
    expect(textOf(section)).to.contain('(your time)');
    expect(textOf(section)).to.match(/8:45.*in Kathmandu/);
    change(store, { form: { ...form, wishedAt: null, zone: 'Nowhere/None' } });
    await settled(element);
    expect(textOf(section)).to.contain('As soon as possible');
    change(store, { form: { ...form, zone: 'Nowhere/None' } });
    await settled(element);
    expect(textOf(section)).not.to.contain('Nowhere');
    const lead = {
      kind: 'lead',
      name: 'Mara',
      email: 'm@shop.example',
      number: '',
      text: 'Call\nme',
    } as const;
    change(store, { kind: 'lead', form: lead });
    await settled(element);
    expect(one(article, '[aria-label="Message left"] a').getAttribute('href')).to.equal(
      'mailto:m%40shop.example',
    );
  });

  it('C17 shows the rating', async () => {
    const { element, article, store } = await inPanel();
    change(store, { phase: 'ended', endedAt: Date.now(), rating: { score: 4, comment: 'Quick' } });
    tab(article, /Visitor/).click();
    await settled(element);
    expect(textOf(one(article, '[aria-label="Rating"]'))).to.equal('Rating 4 of 5 Quick');
  });

  it('M4 lists all files, newest first, with who, when and how large', async () => {
    const { element, article, store } = await inPanel();
    tab(article, /Files/).click();
    await settled(element);
    expect(textOf(one(article, 'vc-contact-files .empty, .empty'))).to.contain('No files yet');
    send(store, 'one.pdf');
    send(store, 'two.pdf');
    await settled(element);
    const files = one(article, 'vc-contact-files');
    expect(texts(files, '.name')).to.deep.equal(['two.pdf', 'one.pdf']);
    expect(texts(files, '.more')[0]).to.match(/^12 kB · Mara Lindqvist · .+\d/);
  });

  it('M4 A5 lists and counts files that went over a call and are not in the log yet', async () => {
    const { element, article, store } = await inPanel();
    send(store, 'one.pdf');
    const file = { mime: 'text/plain', size: 12_000 };
    store.dispatch({
      type: 'transcript',
      event: { type: 'write', message: { id: 'mine', text: 'mine.txt', at: Date.now(), file } },
    });
    const visitor = { id: 'v1', name: 'Mara Lindqvist' };
    const stamp = {
      id: 'heard',
      offset: 0,
      previous: 0,
      at: Date.now(),
      side: 'visitor',
      author: visitor,
    } as const;
    const heard = {
      ...stamp,
      ...file,
      kind: 'file',
      file: '',
      name: 'heard.txt',
      width: null,
      height: null,
    } as const;
    store.dispatch({ type: 'told', told: { direct: { heard: [heard], told: ['mine'] } } });
    await settled(element);
    tab(article, /^Files \(3\)$/).click();
    await settled(element);
    const files = one(article, 'vc-contact-files');
    const names = all(files, 'vc-file').map((file) => (file as VcFile).entry?.name);
    expect(names).to.deep.equal(['heard.txt', 'mine.txt', 'one.pdf']);
    expect(texts(files, '.more').map((text) => text.split(' · ')[1])).to.deep.equal([
      'Mara Lindqvist',
      'Anna',
      'Mara Lindqvist',
    ]);
  });

  it('C13 marks the contact with a named colour, and shows the one it has', async () => {
    const { element, article, store, asked } = await inPanel();
    button(article, 'Colour: None').click();
    await settled(element);
    const group = one(article, '[role=radiogroup]');
    expect(texts(group, 'label')).to.deep.equal([
      'None',
      'Red',
      'Orange',
      'Yellow',
      'Green',
      'Blue',
      'Purple',
      'Grey',
    ]);
    const radios = all<HTMLInputElement>(group, 'input');
    expect((one(article, 'vc-colour-tag').shadowRoot as ShadowRoot).activeElement).to.equal(radios[0]);
    radios[5]?.click();
    await settled(element);
    expect(asked.filter(([verb]) => verb === 'setColour')).to.deep.equal([['setColour', 'c1', 'blue']]);
    change(store, { desk: { colour: 'blue', permissions: null, transfer: null } });
    await settled(element);
    expect(button(article, 'Colour: Blue').dataset.colour).to.equal('blue');
    radios[0]?.click();
    await settled(element);
    expect(asked.at(-1)).to.deep.equal(['setColour', 'c1', null]);
    one(article, '[role=radiogroup]').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }),
    );
    await settled(element);
    expect(all(article, '[role=radiogroup]')).to.deep.equal([]);
  });

  it('C14 lists who could take the contact, and offers it with a note', async () => {
    const { element, asked, article, dialog } = await withTransfer();
    expect(dialog.getAttribute('heading')).to.equal('Transfer contact');
    expect(asked.filter(([verb]) => verb === 'readTargets')).to.deep.equal([['readTargets', 'c1']]);
    expect(texts(dialog, '.target')).to.deep.equal([
      'Ben room for 3 more',
      'Carla away',
      'Dan no room now',
      'Support somebody is there',
    ]);
    expect(all<HTMLInputElement>(dialog, '.target input').map(({ disabled }) => disabled)).to.deep.equal([
      false,
      true,
      true,
      false,
    ]);
    button(dialog, 'Offer').click();
    await settled(element);
    expect(textOf(visible(dialog, '[role=alert]')[0] as HTMLElement)).to.equal(
      'Choose an agent or a service.',
    );
    all(dialog, '.target input')[0]?.click();
    await settled(element);
    expect(visible(dialog, '[role=alert]')).to.deep.equal([]);
    fillNote(dialog, ' Knows lamps ');
    button(dialog, 'Offer').click();
    await settled(element);
    expect(asked.at(-1)).to.deep.equal(['transfer', 'c1', { kind: 'agent', id: 'ben' }, 'Knows lamps']);
    expect(dialogs(article)).to.deep.equal([]);
  });

  it('C14 says when a note is too long, and when nobody is there', async () => {
    const { element, store, asked, dialog } = await withTransfer();
    all(dialog, '.target input')[3]?.click();
    fillNote(dialog, 'x'.repeat(1_001));
    button(dialog, 'Offer').click();
    await settled(element);
    expect(textOf(visible(dialog, '[role=alert]')[0] as HTMLElement)).to.contain('1001 of 1000');
    expect(asked.filter(([verb]) => verb === 'transfer')).to.deep.equal([]);
    store.dispatch({ type: 'told', told: { targets: { agents: [], services: [] } } });
    await settled(element);
    expect(textOf(one(dialog, '.targets'))).to.equal('Nobody else is there.');
  });

  it('C14 closes the question on Escape', async () => {
    const { element, article, dialog } = await withTransfer();
    dialog.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await settled(element);
    expect(dialogs(article)).to.deep.equal([]);
  });

  it('C14 shows to whom it is offered and how long, and takes the offer back', async () => {
    const { element, article, store, asked } = await inPanel();
    const until = Date.now() + 42_000;
    change(store, {
      desk: { colour: null, permissions: null, transfer: { to: 'Ben', kind: 'agent', note: '', until } },
    });
    await settled(element);
    const bar = one(article, 'vc-transfer-bar');
    expect(textOf(one(bar, 'p'))).to.match(/^Offered to Ben, 0:4[12] left$/);
    expect(button(article, 'Transfer contact').hasAttribute('disabled')).to.be.true;
    button(bar, 'Withdraw').click();
    await settled(element);
    expect(asked.at(-1)).to.deep.equal(['withdrawTransfer', 'c1']);
    change(store, { desk: { colour: null, permissions: null, transfer: null } });
    happen(store, 'transfer.declined', { side: 'agent', name: 'Ben' });
    await settled(element);
    expect(all(bar, 'p')).to.deep.equal([]);
    expect(texts(article, '.event')).to.deep.equal(['Ben declined the contact']);
  });

  it('C10 names the contact after its visitor in every tab', async () => {
    const { article } = await inPanel();
    tab(article, /Files/).click();
    expect(article.getAttribute('aria-label')).to.equal(NAME);
  });
});

function fillNote(dialog: HTMLElement, text: string): void {
  const field = one<HTMLTextAreaElement>(dialog, 'textarea');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}
