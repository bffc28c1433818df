import { expect } from '@open-wc/testing';
import {
  fillResponse,
  findResponses,
  sharedOf,
  slashWord,
} from '../../../components/elements/agent-console/canned-responses.ts';
import { createFileCounter } from '../../../components/elements/agent-console/file-counter.ts';
import { pageAddress } from '../../../components/elements/agent-console/page-address.ts';
import type { LogEntry } from '../../../core/protocol/server-frames.ts';
import { until } from '../until.ts';
import { change, contactView } from './fake-desk.ts';
import { inPanel, NAME } from './in-panel.ts';
import { all, button, one, requests, settled, textOf, texts } from './open-desk.ts';

const SHARED = [
  { id: 's1', shortcut: 'hello', text: 'Hello {visitor}, this is {agent}.', service: 'sales' },
  { id: 's2', shortcut: 'hours', text: 'We are open from 9 to 18.', service: 'sales' },
  { id: 's1', shortcut: 'hello', text: 'What is not working?', service: 'support' },
];
const OWN = [{ id: 'o1', shortcut: 'halo', text: 'About the Halo: see {page}' }];

async function inTools(options?: Parameters<typeof inPanel>[0]) {
  const made = await inPanel(options);
  made.greet({ responses: { shared: SHARED, own: OWN } });
  await settled(made.element);
  const field = one<HTMLTextAreaElement>(made.article, 'textarea');
  const type = async (text: string) => {
    field.focus();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await settled(made.element);
  };
  const press = async (key: string) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
    field.dispatchEvent(event);
    await settled(made.element);
    return event.defaultPrevented;
  };
  const choices = () => texts(made.article, '[role=option] b');
  const active = () => {
    const id = field.getAttribute('aria-activedescendant');
    return id ? textOf(one(made.article, `#${id} b`)) : null;
  };
  const open = async (name: string) => {
    button(made.article, name).click();
    await settled(made.element);
    return one(made.article, `[role=dialog][aria-label="${name}"]`);
  };
  return { ...made, field, type, press, choices, active, open };
}

const fillIn = (field: HTMLInputElement | HTMLTextAreaElement, text: string) => {
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
};
const pressEscape = (from: Element) =>
  from.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));

describe('tools of a conversation', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`M6 is accessible in ${theme}: the list, the responses, the form`, async () => {
      const { element, article, type, open } = await inTools({ theme });
      await type('/');
      await expect(one(article, 'vc-desk-composer')).to.be.accessible();
      await open('Canned responses');
      await expect(one(article, 'vc-panel-tools')).to.be.accessible();
      button(article, 'Add a response').click();
      await settled(element);
      button(article, 'Save').click();
      await settled(element);
      await expect(one(article, 'vc-panel-tools')).to.be.accessible();
    });
    it(`M8 is accessible in ${theme}: writing a note, showing a page`, async () => {
      const { element, article, type, open } = await inTools({ theme });
      button(article, 'Note').click();
      await settled(element);
      await type('For us');
      const composer = one(article, 'vc-desk-composer');
      await Promise.all(composer.shadowRoot?.getAnimations().map(({ finished }) => finished) ?? []);
      await expect(composer).to.be.accessible();
      await open('Show a page');
      button(article, 'Show').click();
      await settled(element);
      await expect(one(article, 'vc-panel-tools')).to.be.accessible();
    });
  }

  const words: [text: string, cursor: number, word: unknown][] = [
    ['/', 1, { start: 0, query: '' }],
    ['/he', 3, { start: 0, query: 'he' }],
    ['/hello', 3, { start: 0, query: 'he' }],
    ['Hi /grüß', 8, { start: 3, query: 'grüß' }],
    ['Hi\n/x', 5, { start: 3, query: 'x' }],
    ['and/or', 6, null],
    ['https://a', 9, null],
    ['/he there', 9, null],
    ['/he!', 4, null],
    ['', 0, null],
  ];
  it('M6 sees a slash and what follows it at the start of a word', () => {
    for (const [text, cursor, word] of words) expect(slashWord(text, cursor), text).to.deep.equal(word);
  });

  it('M6 finds by the beginning of the shortcut, then by any part, then by the text', () => {
    const found = (query: string) =>
      findResponses([...OWN, ...sharedOf(SHARED, 'sales')], query).map(({ shortcut }) => shortcut);
    expect(found('')).to.deep.equal(['halo', 'hello', 'hours']);
    expect(found('h')).to.deep.equal(['halo', 'hello', 'hours']);
    expect(found('LO')).to.deep.equal(['halo', 'hello']);
    expect(found('open')).to.deep.equal(['hours']);
    expect(found('h a')).to.deep.equal([]);
  });

  it('M6 fills the variables, and nothing else', () => {
    const named = { visitor: '{agent}', agent: 'Anna', page: 'https://a.example/?$&' };
    expect(fillResponse('{visitor} {agent} {page} {other}', named)).to.equal(
      '{agent} Anna https://a.example/?$& {other}',
    );
  });

  it('M6 offers responses for a slash, and inserts the one chosen at the cursor', async () => {
    const { element, field, type, press, choices, active } = await inTools();
    await type('Good day. ');
    expect(choices()).to.deep.equal([]);
    await type('/h');
    expect(choices()).to.deep.equal(['/halo', '/hello', '/hours']);
    expect(active()).to.equal('/halo');
    await press('ArrowDown');
    expect(active()).to.equal('/hello');
    await press('ArrowUp');
    await press('ArrowUp');
    expect(active()).to.equal('/hours');
    await press('ArrowDown');
    await press('ArrowDown');
    expect(await press('Enter')).to.be.true;
    expect(field.value).to.equal(`Good day. Hello ${NAME}, this is Anna.`);
    expect(field.selectionStart).to.equal(field.value.length);
    expect(choices()).to.deep.equal([]);
    await settled(element);
    await type(' /hal');
    expect(await press('Tab')).to.be.true;
    expect(field.value).to.contain('About the Halo: see https://shop.example/cart?step=2');
  });

  it('M6 puts the list away on Escape until another slash, and sends then', async () => {
    const { element, article, asked, type, press, choices } = await inTools();
    await type('/h');
    await press('Escape');
    expect(choices()).to.deep.equal([]);
    await type('a');
    expect(choices()).to.deep.equal([]);
    await press('Enter');
    await settled(element);
    expect(asked.at(-1)).to.deep.equal(['write', 'c1', '/ha']);
    expect(all(article, 'vc-dialog')).to.deep.equal([]);
    await type(' /ho');
    expect(choices()).to.deep.equal(['/hours']);
  });

  it('M6 inserts by a click, and keeps the focus in the field', async () => {
    const { element, article, field, type } = await inTools();
    await type('/ho');
    const option = one(article, '[role=option]');
    const down = new MouseEvent('mousedown', { bubbles: true, composed: true, cancelable: true });
    option.dispatchEvent(down);
    expect(down.defaultPrevented, 'the field keeps the focus').to.be.true;
    option.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, composed: true }));
    await settled(element);
    expect(field.value).to.equal('We are open from 9 to 18.');
  });

  it('M6 searches all responses and inserts one at the cursor', async () => {
    const { element, article, field, type, open } = await inTools();
    await type('Well: ');
    const dialog = await open('Canned responses');
    expect(texts(dialog, 'h3')).to.deep.equal(['My own', 'Shared']);
    fillIn(one<HTMLInputElement>(dialog, 'input'), 'open');
    await settled(element);
    expect(texts(dialog, 'li b')).to.deep.equal(['/hours']);
    one(dialog, 'li .insert').click();
    await settled(element);
    expect(field.value).to.equal('Well: We are open from 9 to 18.');
    expect(all(article, 'vc-responses')).to.deep.equal([]);
  });

  it('M6 adds, changes and deletes the agent’s own, never shared ones', async () => {
    const { element, article, open } = await inTools();
    const kept = requests(element, 'vc-response-request');
    const deleted = requests(element, 'vc-response-delete-request');
    const dialog = await open('Canned responses');
    expect(all(dialog, '[aria-label^="Change"]')).to.have.length(1);
    button(dialog, 'Add a response').click();
    await settled(element);
    fillIn(one<HTMLInputElement>(dialog, 'input'), '/bye');
    fillIn(one<HTMLTextAreaElement>(dialog, 'textarea'), ' Good bye, {visitor}. ');
    button(dialog, 'Save').click();
    await settled(element);
    expect(kept[0]?.response).to.deep.include({ shortcut: 'bye', text: 'Good bye, {visitor}.' });
    expect(kept[0]?.response.id).to.match(/^[a-z0-9]{16}$/);
    button(dialog, 'Change halo').click();
    await settled(element);
    fillIn(one<HTMLTextAreaElement>(dialog, 'textarea'), 'New');
    button(dialog, 'Save').click();
    await settled(element);
    expect(kept[1]?.response).to.deep.equal({ id: 'o1', shortcut: 'halo', text: 'New' });
    button(dialog, 'Delete halo').click();
    await settled(element);
    expect(deleted).to.deep.equal([]);
    button(dialog, 'Delete').click();
    await settled(element);
    expect(deleted).to.deep.equal([{ id: 'o1' }]);
    expect(all(article, 'vc-responses')).to.have.length(1);
  });

  const wrong: [shortcut: string, text: string, says: RegExp][] = [
    ['', 'x', /Give it a shortcut/],
    ['two words', 'x', /letters, digits/],
    ['a'.repeat(33), 'x', /at most 32/],
    ['halo', 'x', /You have \/halo already/],
    ['new', '  ', /Write the text/],
    ['new', 'x'.repeat(4_001), /Too long: 4001 of 4000/],
  ];
  it('M6 says what is wrong with a response where it was entered', async () => {
    const { element, open } = await inTools();
    const kept = requests(element, 'vc-response-request');
    const dialog = await open('Canned responses');
    button(dialog, 'Add a response').click();
    await settled(element);
    for (const [shortcut, text, says] of wrong) {
      fillIn(one<HTMLInputElement>(dialog, 'input'), shortcut);
      fillIn(one<HTMLTextAreaElement>(dialog, 'textarea'), text);
      button(dialog, 'Save').click();
      await settled(element);
      const said = all(dialog, '[role=alert]').filter((each) => each.checkVisibility());
      expect(said.map(textOf).join(), shortcut).to.match(says);
      const field = one(dialog, '[aria-invalid=true]');
      expect(field.getAttribute('aria-describedby')?.split(' '), shortcut).to.include(said[0]?.id);
      expect(field.matches(':focus'), shortcut).to.be.true;
    }
    expect(kept).to.deep.equal([]);
  });

  it('M8 writes a note: nobody is told of the typing, and the message keeps its draft', async () => {
    const { element, article, field, asked, type } = await inTools();
    await type('To the visitor');
    button(article, 'Note').click();
    await settled(element);
    const drafts = requests(element, 'vc-draft-request');
    expect([field.ariaLabel, field.value, button(article, 'Note').ariaPressed]).to.deep.equal([
      'Note',
      '',
      'true',
    ]);
    await type('For us');
    expect(drafts).to.deep.equal([]);
    button(article, 'Send note').click();
    await settled(element);
    expect(asked.filter(([verb]) => verb === 'write' || verb === 'note')).to.deep.equal([
      ['note', 'c1', 'For us'],
    ]);
    expect(field.value).to.equal('');
    button(article, 'Note').click();
    await settled(element);
    expect([field.ariaLabel, field.value]).to.deep.equal(['Message', 'To the visitor']);
  });

  it('M8 keeps a note that is being written while another contact is open', async () => {
    const { element, desk, article, assign, type } = await inTools();
    button(article, 'Note').click();
    await settled(element);
    await type('Half a no');
    assign({ id: 'c2', visitor: { ...contactView().visitor, name: 'Jon' } });
    desk.dispatch({ type: 'expanded', contact: 'c2' });
    await settled(element);
    desk.dispatch({ type: 'expanded', contact: 'c1' });
    await settled(element);
    const field = one<HTMLTextAreaElement>(article, 'textarea');
    expect([field.ariaLabel, field.value]).to.deep.equal(['Note', 'Half a no']);
  });

  const addresses: [typed: string, gives: string | RegExp][] = [
    [' https://shop.example/halo?a=1#b ', 'https://shop.example/halo?a=1#b'],
    ['http://shop.example', 'http://shop.example/'],
    ['shop.example/halo', 'https://shop.example/halo'],
    ['localhost:8000/x', 'https://localhost:8000/x'],
    ['', /Give the address/],
    ['javascript:alert(1)', /Only pages with http/],
    ['ftp://shop.example', /Only pages with http/],
    ['mailto:a@b.example', /Only pages with http/],
    ['lamp', /not the address/],
    ['two words.example', /not the address/],
    ['https://', /not the address/],
    [`https://shop.example/${'x'.repeat(2_048)}`, /too long: 2069 of 2048/],
  ];
  it('M5 judges the address of a page', () => {
    for (const [typed, gives] of addresses) {
      const address = pageAddress(typed);
      if (typeof gives === 'string') expect(address, typed).to.deep.equal({ url: gives });
      else expect('problem' in address && address.problem, typed).to.match(gives);
    }
  });

  it('M5 shows the visitor a page, and says whether they are asked', async () => {
    const { element, article, store, asked, open } = await inTools();
    const dialog = await open('Show a page');
    expect(textOf(one(dialog, '#hint'))).to.equal(`${NAME} is asked to open it.`);
    change(store, { follows: true });
    await settled(element);
    expect(textOf(one(dialog, '#hint'))).to.equal(`The page of ${NAME} goes there by itself.`);
    const input = one<HTMLInputElement>(dialog, 'input');
    fillIn(input, 'ftp://x');
    button(dialog, 'Show').click();
    await settled(element);
    expect(textOf(one(dialog, '[role=alert]'))).to.contain('Only pages with http');
    expect(input.ariaInvalid).to.equal('true');
    fillIn(input, 'shop.example/halo');
    button(dialog, 'Show').click();
    await settled(element);
    expect(asked.filter(([verb]) => verb === 'pushLink')).to.deep.equal([
      ['pushLink', 'c1', 'https://shop.example/halo'],
    ]);
    expect(all(article, 'vc-link-form')).to.deep.equal([]);
  });

  it('M5 closes on Escape and gives the focus back, and on a press elsewhere', async () => {
    const { element, article, open } = await inTools();
    pressEscape(one(await open('Show a page'), 'input'));
    await settled(element);
    expect(all(article, 'vc-link-form')).to.deep.equal([]);
    const tools = one(article, 'vc-panel-tools').shadowRoot as ShadowRoot;
    await until(
      () => tools.activeElement?.getAttribute('aria-label') === 'Show a page',
      'the button has the focus',
    );
    await open('Show a page');
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await settled(element);
    expect(all(article, 'vc-link-form')).to.deep.equal([]);
  });

  it('M4 sends files that are dropped anywhere on the panel', async () => {
    const { article, element } = await inTools();
    const sent = requests(element, 'vc-file-request');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'a.png', { type: 'image/png' }));
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, composed: true, cancelable: true });
    one(article, '[role=log]').dispatchEvent(drop);
    expect(sent.map(({ contact, files }) => [contact, files[0]?.name])).to.deep.equal([['c1', 'a.png']]);
  });

  for (const [name, format] of [
    ['As text', 'text'],
    ['As JSON', 'json'],
  ] as const)
    it(`M9 saves the conversation ${name.toLowerCase()}, also after the end`, async () => {
      const { element, article, store } = await inTools();
      const wanted = requests(element, 'vc-transcript-request');
      change(store, { phase: 'ended', endedAt: Date.now() });
      await settled(element);
      button(article, 'Download conversation').click();
      await settled(element);
      button(article, name).click();
      await settled(element);
      expect(wanted).to.deep.equal([{ contact: 'c1', format }]);
      expect(all(article, '.popup').filter((each) => each.checkVisibility())).to.deep.equal([]);
    });

  it('M3 shows what the visitor has typed and not sent', async () => {
    const { element, article, store } = await inTools();
    expect(texts(article, 'vc-typing-preview p')).to.deep.equal([]);
    store.dispatch({ type: 'typing', on: true, text: 'And how lo' });
    await settled(element);
    expect(texts(one(article, 'vc-typing-preview'), 'p')).to.deep.equal(['Not sent yet: And how lo']);
    store.dispatch({ type: 'typing', on: false });
    await settled(element);
    expect(texts(one(article, 'vc-typing-preview'), 'p')).to.deep.equal([]);
  });

  it('M4 counts the files of a log without looking at what it has seen', () => {
    const looked: number[] = [];
    const entry = (offset: number, kind: LogEntry['kind']) =>
      ({
        get kind() {
          looked.push(offset);
          return kind;
        },
      }) as unknown as LogEntry;
    const log = [entry(1, 'file'), entry(2, 'message')];
    const count = createFileCounter();
    expect(count(log)).to.equal(1);
    expect(count([...log, entry(3, 'file')])).to.equal(2);
    expect(looked).to.deep.equal([1, 2, 3]);
    expect(count([entry(9, 'file')]), 'another log').to.equal(1);
    expect(count([])).to.equal(0);
  });
});
