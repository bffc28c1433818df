import { expect, html } from '@open-wc/testing';
import type { VcComposer } from '../../../components/elements/parts/vc-composer.ts';
import '../../../components/elements/parts/vc-composer.ts';
import { MAX_MESSAGE_TEXT } from '../../../core/protocol/limits.ts';
import { aView, inContact } from './contact-fixture.ts';

const inComposer = async (options = {}) => {
  const made = await inContact<VcComposer>(html`<vc-composer></vc-composer>`, options);
  const field = made.find<HTMLTextAreaElement>('textarea');
  const send = made.find<HTMLButtonElement>('button');
  const type = async (text: string) => {
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await made.settle();
  };
  const press = (init: KeyboardEventInit) => {
    const event = new KeyboardEvent('keydown', { bubbles: true, composed: true, cancelable: true, ...init });
    field.dispatchEvent(event);
    return event;
  };
  const sent = () =>
    made.asked.filter((event) => event.type === 'vc-message-request').map(({ detail }) => detail);
  return { ...made, field, send, type, press, sent };
};

describe('vc-composer', () => {
  for (const theme of ['light', 'dark']) {
    it(`M1 is accessible (${theme})`, async () => {
      const { element, type } = await inComposer({ theme });
      await expect(element).to.be.accessible();
      await type('x'.repeat(MAX_MESSAGE_TEXT + 1));
      await expect(element).to.be.accessible();
    });
  }

  it('M1 is a textbox Message with a button Send', async () => {
    const { field, send } = await inComposer();
    expect(field.ariaLabel).to.equal('Message');
    expect(send.ariaLabel).to.equal('Send');
  });

  it('M1 sends on Enter and on the button, without the blanks around', async () => {
    const { type, press, send, sent } = await inComposer();
    await type('  Hello\nthere ');
    expect(press({ key: 'Enter' }).defaultPrevented).to.be.true;
    await type('Again');
    send.click();
    expect(sent()).to.deep.equal([
      { contact: 'c1', text: 'Hello\nthere' },
      { contact: 'c1', text: 'Again' },
    ]);
  });

  it('M1 breaks the line on Shift+Enter, and leaves the Enter of an input method alone', async () => {
    const { type, press, sent } = await inComposer();
    await type('こ');
    for (const init of [{ shiftKey: true }, { isComposing: true }, { keyCode: 229 }])
      expect(press({ key: 'Enter', ...init }).defaultPrevented).to.be.false;
    expect(sent()).to.be.empty;
  });

  it('M1 sends nothing when there is nothing to send', async () => {
    const { type, press, send, sent } = await inComposer();
    expect(send.disabled).to.be.true;
    await type(' \n ');
    press({ key: 'Enter' });
    expect(send.disabled).to.be.true;
    expect(sent()).to.be.empty;
  });

  it('M1 says how much a message is too long, and sends it only when it is not', async () => {
    const { type, press, send, sent, find } = await inComposer();
    await type('x'.repeat(MAX_MESSAGE_TEXT + 3));
    expect(find('#hint').textContent).to.contain(
      `Too long: ${MAX_MESSAGE_TEXT + 3} of ${MAX_MESSAGE_TEXT} characters.`,
    );
    expect(send.disabled).to.be.true;
    press({ key: 'Enter' });
    expect(sent()).to.be.empty;
    await type('x'.repeat(MAX_MESSAGE_TEXT));
    expect(find('#hint').textContent?.trim()).to.equal('');
    press({ key: 'Enter' });
    expect(sent()).to.have.length(1);
  });

  it('M2 keeps the draft in the store, and shows the one that is there', async () => {
    const { type, store, field, settle } = await inComposer();
    await type('Half a sen');
    expect(store.state.draft).to.equal('Half a sen');
    store.dispatch({ type: 'drafted', text: '' });
    await settle();
    expect(field.value).to.equal('');
    const again = await inComposer({ store });
    store.dispatch({ type: 'drafted', text: 'From before' });
    await again.settle();
    expect(again.field.value).to.equal('From before');
  });

  it('M1 grows with the text up to six lines', async () => {
    const { type, field } = await inComposer();
    const one = field.clientHeight;
    await type('1\n2\n3');
    const three = field.clientHeight;
    await type('1\n2\n3\n4\n5\n6');
    const six = field.clientHeight;
    await type('1\n'.repeat(40));
    expect(three).to.be.greaterThan(one);
    expect(six).to.be.greaterThan(three);
    expect(field.clientHeight).to.be.closeTo(six, 2);
  });

  it('M2 takes text while nobody is there, and none after the end', async () => {
    const { store, settle, field, send, type } = await inComposer();
    store.dispatch({ type: 'viewed', view: aView({ phase: 'waiting', agent: null }) });
    await type('Hello?');
    expect(field.disabled).to.be.false;
    expect(send.disabled).to.be.false;
    store.dispatch({ type: 'viewed', view: aView({ rev: 2, phase: 'ended' }) });
    await settle();
    expect(field.disabled).to.be.true;
    expect(send.disabled).to.be.true;
  });
});
