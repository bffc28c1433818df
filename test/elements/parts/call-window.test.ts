import { ContextProvider } from '@lit/context';
import { expect, html } from '@open-wc/testing';
import '../../../components/elements/agent-console/vc-mini-desk.ts';
import '../../../components/elements/parts/vc-call-area.ts';
import type { VcCallArea } from '../../../components/elements/parts/vc-call-area.ts';
import { contactContext, createContactStore } from '../../../components/store/contact-store.ts';
import { createDeskStore, deskContext } from '../../../components/store/desk-store.ts';
import { waitingEntry } from '../agent-console/fake-desk.ts';
import { fakeCall } from '../media-bar/fake-call.ts';
import { inCall } from '../media-bar/in-call.ts';
import { until } from '../until.ts';
import { aView } from './contact-fixture.ts';

/** All elements below, through shadow roots. */
function* within(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* within(element.shadowRoot);
  }
}

describe('the call’s own window', () => {
  const given = Object.getOwnPropertyDescriptor(window, 'documentPictureInPicture');
  let frame: HTMLIFrameElement;
  let closed: boolean;
  beforeEach(() => {
    closed = false;
    frame = document.createElement('iframe');
    frame.width = '400';
    frame.height = '480';
    document.body.append(frame);
    const view = frame.contentWindow as Window;
    // A frame is a document of its own, too, and needs no click.
    view.close = () => {
      closed = true;
      view.dispatchEvent(new Event('pagehide'));
    };
    const value = { requestWindow: async () => view };
    Object.defineProperty(window, 'documentPictureInPicture', { value, configurable: true });
  });
  afterEach(() => {
    frame.remove();
    if (given) Object.defineProperty(window, 'documentPictureInPicture', given);
    else Reflect.deleteProperty(window, 'documentPictureInPicture');
  });

  /** An agent's call, detached by its button. */
  async function detached() {
    const call = fakeCall();
    const around = await inCall<VcCallArea>(
      html`<vc-call-area .beside=${() => document.createElement('vc-mini-desk')}></vc-call-area>`,
      null,
    );
    const { element, parentNode, use } = around;
    element.remove();
    const contact = createContactStore('agent', 'c1');
    contact.dispatch({ type: 'viewed', view: aView({}) });
    const desk = createDeskStore();
    desk.dispatch({ type: 'connection', connection: 'online' });
    new ContextProvider(parentNode, { context: contactContext, initialValue: contact });
    new ContextProvider(parentNode, { context: deskContext, initialValue: desk });
    parentNode.append(element);
    use(call);
    await element.updateComplete;
    const bar = element.renderRoot.querySelector('vc-media-bar');
    await bar?.updateComplete;
    bar?.shadowRoot?.querySelector<HTMLElement>("[aria-label='Detach video']")?.click();
    const { body } = frame.contentDocument as Document;
    await until(() => [...within(body)].some(({ role }) => role === 'toolbar'));
    const button = (name: string) => {
      const found = [...within(body)].find(
        (each) => each.localName === 'button' && (each.ariaLabel ?? each.textContent?.trim()) === name,
      );
      if (!found) throw new Error(`Cannot find the button ${name} in the window`);
      return found as HTMLButtonElement;
    };
    return { call, contact, desk, element, parentNode, body, button };
  }

  it('V6 keeps the controls, which act on the same call', async () => {
    const { call, button } = await detached();
    expect(call.store.state.detached).to.equal(true);
    button('Mute microphone').click();
    await until(() => call.asked.includes('microphone false'));
    button('Return video').click();
    await until(() => closed);
    await until(() => call.asked.includes('detached false'));
  });

  it('V6 leaves all of a small window to the call, so that nobody has to look for the way out', async () => {
    const { button } = await detached();
    frame.width = '320';
    frame.height = '240';
    const { body } = frame.contentDocument as Document;
    const call = [...within(body)].find(({ localName }) => localName === 'vc-call-area');
    await until(() => call?.getBoundingClientRect().height === 240, 'the call has it all');
    expect(button('Hang up').getBoundingClientRect().bottom).to.be.within(100, 240);
  });

  it('V6 shows the newest message, and sends the reply from there', async () => {
    const { contact, body, parentNode } = await detached();
    const sent: string[] = [];
    parentNode.addEventListener('vc-message-request', ({ detail }) => sent.push(detail.text));
    const entry = {
      kind: 'message',
      side: 'visitor',
      author: { id: 'v1', name: 'Mara' },
      text: 'Can you show it from the side?',
      offset: 1,
      previous: 0,
      id: 'e1',
      at: Date.now(),
    } as const;
    contact.dispatch({ type: 'transcript', event: { type: 'appended', epoch: 'e1', entry } });
    await until(() => [...within(body)].some((each) => each.matches('.newest')));
    const newest = [...within(body)].find((each) => each.matches('.newest'));
    expect(newest?.textContent).to.equal('Can you show it from the side?');
    const field = [...within(body)].find((each) => each.localName === 'textarea') as HTMLTextAreaElement;
    expect(field.ariaLabel).to.equal('Message');
    field.value = 'Of course';
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }),
    );
    await until(() => sent.length);
    expect(sent).to.deep.equal(['Of course']);
  });

  it('A1 tells the agent how many wait, and takes the next', async () => {
    const { desk, body, button, parentNode } = await detached();
    const taken: (string | null)[] = [];
    parentNode.addEventListener('vc-take-request', ({ detail }) => taken.push(detail.contact));
    const mini = [...within(body)].find((each) => each.localName === 'vc-mini-desk');
    expect(mini?.shadowRoot?.querySelector('[role=status]')?.textContent).to.equal('Waiting: 0');
    expect(button('Take next contact').disabled).to.equal(true);
    desk.dispatch({ type: 'waiting-put', entry: waitingEntry() });
    await until(() => mini?.shadowRoot?.querySelector('[role=status]')?.textContent === 'Waiting: 1');
    button('Take next contact').click();
    expect(taken).to.deep.equal([null]);
  });

  it('V6 comes back when the call ends', async () => {
    const { call } = await detached();
    call.set({ status: 'ended' });
    await until(() => closed);
  });
});
