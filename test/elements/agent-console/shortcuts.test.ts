import { expect } from '@open-wc/testing';
import { shortcutOf, takesText } from '../../../components/elements/agent-console/shortcuts.ts';
import { until } from '../until.ts';
import { change, contactView, waitingEntry } from './fake-desk.ts';
import { button, dialogs, one, openDesk, settled, texts } from './open-desk.ts';

const named = (id: string, name: string) => ({ id, visitor: { ...contactView().visitor, name } });

async function busyDesk(options?: Parameters<typeof openDesk>[0]) {
  const desk = await openDesk(options);
  desk.welcome(waitingEntry());
  desk.assign(named('c1', 'Mara'));
  desk.assign(named('c2', 'Jon'));
  await settled(desk.element);
  return desk;
}

function press(key: string, more: KeyboardEventInit = {}, from: EventTarget = document.body): void {
  from.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }),
  );
}

/** The focused element, through shadow roots. */
function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

describe('shortcuts', () => {
  const plain = {
    code: '',
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    repeat: false,
    isComposing: false,
  };
  for (const [title, stroke, singles, action] of [
    ['a single key', { key: 'n' }, true, 'next'],
    ['a single key while typing', { key: 'n' }, false, null],
    ['with Alt while typing', { key: 'n', altKey: true }, false, 'next'],
    ['with Alt where that types another sign', { key: '∆', code: 'KeyJ', altKey: true }, false, 'forward'],
    ['a question mark', { key: '?', shiftKey: true }, true, 'list'],
    ['with Control', { key: 'r', ctrlKey: true }, true, null],
    ['with Command', { key: 'k', metaKey: true }, true, null],
    ['with Control and Alt', { key: 'n', ctrlKey: true, altKey: true }, true, null],
    ['held down', { key: 'n', repeat: true }, true, null],
    ['a capital', { key: 'N', shiftKey: true }, true, null],
    ['part of a composed sign', { key: 'n', isComposing: true }, true, null],
    ['any other key', { key: 'q' }, true, null],
  ] as const)
    it(`C8 understands ${title}`, () => {
      expect(shortcutOf({ ...plain, ...stroke }, singles)).to.equal(action);
    });

  it('C8 knows what takes text', () => {
    const made = (html: string) => {
      const box = document.createElement('div');
      box.innerHTML = html;
      return box.firstElementChild as Element;
    };
    for (const html of [
      '<input>',
      '<input type="date">',
      '<textarea></textarea>',
      '<select></select>',
      '<div role="listbox"></div>',
    ])
      expect(takesText(made(html)), html).to.equal(true);
    for (const html of ['<button></button>', '<input type="checkbox">', '<div role="switch"></div>'])
      expect(takesText(made(html)), html).to.equal(false);
  });
});

describe('vc-shortcuts', () => {
  beforeEach(() => localStorage.removeItem('vc:single-keys'));

  for (const theme of ['light', 'dark'] as const)
    for (const width of [375, 1280])
      it(`C8 is accessible in ${theme}, ${width} px wide`, async () => {
        const { element } = await busyDesk({ theme, width });
        press('?');
        await settled(element);
        await expect(element).to.be.accessible();
      });

  it('C8 C10 takes the next contact and goes through the conversations', async () => {
    const { element, desk, asked } = await busyDesk();
    press('n');
    press('j');
    press('k');
    await settled(element);
    expect(asked).to.deep.equal([
      ['take', 'w1'],
      ['expand', 'c2'],
      ['expand', 'c2'],
    ]);
    desk.dispatch({ type: 'waiting-gone', contact: 'w1' });
    press('n');
    await settled(element);
    expect(asked.length, 'nobody waits').to.equal(3);
  });

  it('C8 sets the focus where a reply is written, and from there needs Alt', async () => {
    const { element, asked } = await busyDesk();
    press('r');
    await until(() => focused()?.localName === 'textarea', 'the field has the focus');
    const field = focused() as Element;
    press('j', {}, field);
    await settled(element);
    expect(asked).to.deep.equal([]);
    press('j', { altKey: true }, field);
    await settled(element);
    expect(asked).to.deep.equal([['expand', 'c2']]);
  });

  it('C17 asks whether to close the open contact, and puts an ended one away', async () => {
    const { element, asked, session } = await busyDesk();
    press('x');
    await settled(element);
    expect(dialogs(element).map(({ ariaLabel }) => ariaLabel)).to.deep.equal(['Close contact?']);
    expect(asked).to.deep.equal([]);
    const mara = session.contact('c1') as Parameters<typeof change>[0];
    change(mara, { phase: 'ended', endedAt: Date.now() });
    await settled(element);
    press('x');
    await settled(element);
    expect(asked).to.deep.equal([['putAway', 'c1']]);
  });

  it('C8 lists itself, and lets single keys be switched off for good', async () => {
    const { element, asked } = await busyDesk();
    button(element, 'Keyboard shortcuts').click();
    await settled(element);
    const list = one(element, 'vc-dialog');
    expect(list.ariaLabel).to.equal('Keyboard shortcuts');
    expect(texts(list, 'dt')).to.include.members(['Take next contact', 'Next conversation', 'Write a reply']);
    button(list, 'Single-key shortcuts').click();
    await settled(element);
    button(list, 'Done').click();
    await settled(element);
    expect(dialogs(element)).to.deep.equal([]);
    press('n');
    await settled(element);
    expect(asked).to.deep.equal([]);
    press('n', { altKey: true });
    await settled(element);
    expect(asked).to.deep.equal([['take', 'w1']]);
    const other = await busyDesk();
    press('?');
    await settled(other.element);
    expect(dialogs(other.element), 'kept on this device').to.deep.equal([]);
  });

  it('C8 leaves keys alone that are for the page around it', async () => {
    const { element, box, asked } = await busyDesk();
    const outside = document.createElement('button');
    box.before(outside);
    press('n', {}, outside);
    press('n', { altKey: true }, outside);
    element.remove();
    press('n');
    await settled(element);
    expect(asked).to.deep.equal([]);
    outside.remove();
  });
});
