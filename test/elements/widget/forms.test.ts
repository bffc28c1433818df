import { expect } from '@open-wc/testing';
import type { Form } from '../../../core/protocol/schemas.ts';
import type { ServiceView } from '../../../core/protocol/server-frames.ts';
import { until } from '../until.ts';
import { aService } from './fake-session.ts';
import { focusedElement } from './focused-element.ts';
import { inWidget } from './in-widget.ts';

type Made = Awaited<ReturnType<typeof inWidget>>;
type Input = HTMLInputElement | HTMLTextAreaElement;

const OFFERING: Partial<ServiceView> = {
  offers: ['chat', 'callback', 'lead'],
  fallbacks: ['callback', 'lead'],
};
const CALLBACK: Form = {
  kind: 'callback',
  name: '',
  number: '+4930901820',
  wishedAt: null,
  zone: 'UTC',
  text: '',
};

const offering = async (change: Partial<ServiceView> = {}, options = {}) => {
  const made = await inWidget(options);
  made.session().visitor.dispatch({ type: 'service', service: aService({ ...OFFERING, ...change }) });
  await until(() => made.all('button', 'Call me back').length);
  return made;
};
const labelled = ({ all }: Made, label: string): Input => {
  const found = all('label').find(({ textContent }) => textContent?.trim() === label);
  if (!found) throw new Error(`Cannot find the field ${label}: it is not shown.`);
  return (found as HTMLLabelElement).control as Input;
};
const type = (made: Made, label: string, text: string) => {
  const field = labelled(made, label);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
};
const inForm = async (made: Made, name: 'Call me back' | 'Leave a message') => {
  made.button(name).click();
  // Loaded now, with the first form.
  await customElements.whenDefined('vc-left-word');
  await until(() => made.all('h2', name).length);
  return made;
};
/** Accepts the form, as the server would. */
const accept = async ({ session, show }: Made, form: Form) => {
  session().visitor.dispatch({ type: 'form', form: null });
  show({ kind: form.kind, form, phase: 'waiting', takenAt: null, agent: null });
  await customElements.whenDefined('vc-left-word');
};
const submitted = ({ session }: Made): Form[] =>
  session()
    .asked.filter((verb) => verb.startsWith('submit '))
    .map((verb) => JSON.parse(verb.slice(7)));

describe('forms of vc-widget', () => {
  // What was typed outlives the widget: each test sends what it typed, or begins where the one before left.
  afterEach(async () => {
    const made = await offering();
    await accept(made, CALLBACK);
    await until(() => made.all('h2', 'We call you back').length);
  });

  for (const theme of ['light', 'dark']) {
    it(`C1 is accessible while a number is left (${theme})`, async () => {
      const made = await inForm(await offering({}, { theme }), 'Call me back');
      made.all('input[type="radio"]')[1]?.click();
      await until(() => made.all('select').length);
      made.button('Request the call').click();
      await until(() => made.all('[aria-invalid="true"]').length);
      await made.rest();
      await expect(made.widget).to.be.accessible();
    });

    it(`C1 is accessible while a message is left, and after it (${theme})`, async () => {
      const made = await inForm(await offering({}, { theme }), 'Leave a message');
      await made.rest();
      await expect(made.widget).to.be.accessible();
      await accept(made, { kind: 'lead', name: '', email: 'vera@example.com', number: '', text: 'Hello' });
      await until(() => made.all('h2', 'Thank you').length);
      await made.rest();
      await expect(made.widget).to.be.accessible();
    });
  }

  it('C1 asks for a call as soon as possible', async () => {
    const made = await inForm(await offering(), 'Call me back');
    expect(focusedElement()?.textContent).to.equal('Call me back');
    type(made, 'Phone number', ' +49 30 901820 ');
    type(made, 'Your name (optional)', 'Vera');
    made.button('Request the call').click();
    await until(() => submitted(made).length);
    const { timeZone: zone } = new Intl.DateTimeFormat().resolvedOptions();
    expect(submitted(made)).to.deep.equal([
      { kind: 'callback', number: '+49 30 901820', name: 'Vera', wishedAt: null, zone, text: '' },
    ]);
  });

  it('C1 asks for a call at a time within business hours', async () => {
    const from = new Date().setHours(48, 0, 0, 0);
    const spans = [{ from, to: from + 3_600_000 }];
    const made = await inForm(await offering({ hours: { open: true, spans } }), 'Call me back');
    type(made, 'Phone number', '030 901820');
    made.all('input[type="radio"]')[1]?.click();
    await until(() => made.all('select', 'Time').length);
    const times = made.all('select', 'Time')[0] as HTMLSelectElement;
    expect([...times.options].map(({ value }) => Number(value))).to.deep.equal([from, from + 1_800_000]);
    times.value = String(from + 1_800_000);
    times.dispatchEvent(new Event('change'));
    made.button('Request the call').click();
    await until(() => submitted(made).length);
    const [form] = submitted(made);
    expect(form?.kind === 'callback' && form.wishedAt).to.equal(from + 1_800_000);
  });

  it('C1 says at the field what is missing, and takes the focus there', async () => {
    const made = await inForm(await offering(), 'Leave a message');
    made.button('Send message').click();
    await until(() => made.text().includes('Please write what it is about.'));
    expect(focusedElement()).to.equal(labelled(made, 'Your message'));
    type(made, 'Your message', 'Is it in stock?');
    made.button('Send message').click();
    await until(() => made.text().includes('Please leave an e-mail address or a phone number'));
    const email = labelled(made, 'E-mail');
    expect([focusedElement(), email.ariaInvalid]).to.deep.equal([email, 'true']);
    expect(submitted(made)).to.be.empty;
  });

  it('C1 says at the field what the server refused, until it is changed', async () => {
    const made = await inForm(await offering(), 'Call me back');
    type(made, 'Phone number', '12');
    made.session().visitor.dispatch({ type: 'form', form: { status: 'sending' } });
    await until(() => made.all('button', 'Sending…').length);
    made.button('Sending…').click();
    const refused = {
      status: 'refused',
      field: 'number',
      message: 'Cannot open the contact: 12 is too short.',
    } as const;
    made.session().visitor.dispatch({ type: 'form', form: refused });
    const said = '12 is too short.';
    await until(() => made.text().includes(said));
    const field = labelled(made, 'Phone number');
    expect([focusedElement(), field.ariaInvalid, field.value]).to.deep.equal([field, 'true', '12']);
    const describing = (field.getRootNode() as ShadowRoot).getElementById(
      field.getAttribute('aria-describedby') ?? '',
    );
    expect(describing?.textContent, 'without what the server calls it').to.equal(said);
    expect(submitted(made)).to.be.empty;
    type(made, 'Phone number', '1234567');
    await until(() => !made.text().includes(said));
  });

  it('C1 says what is wrong with the whole form', async () => {
    const made = await inForm(await offering(), 'Call me back');
    made
      .session()
      .visitor.dispatch({ type: 'form', form: { status: 'refused', field: null, message: 'Offline.' } });
    await until(() => made.all('[role="alert"]').some(({ textContent }) => textContent === 'Offline.'));
  });

  it('C7 begins with the draft, and loses nothing on the way back', async () => {
    const made = await offering();
    made.session().contact.dispatch({ type: 'drafted', text: 'half a sentence' });
    await inForm(made, 'Leave a message');
    expect(labelled(made, 'Your message').value).to.equal('half a sentence');
    type(made, 'E-mail', 'vera@example.com');
    made.button('Back').click();
    await until(() => made.all('button', 'Call me back').length);
    expect((made.all('textarea', 'Message')[0] as HTMLTextAreaElement).value).to.equal('half a sentence');
    await inForm(made, 'Leave a message');
    expect(labelled(made, 'E-mail').value).to.equal('vera@example.com');
  });

  it('C7 offers to leave word to a visitor whom nobody answered', async () => {
    const made = await offering();
    made.show({ phase: 'dissuaded', agent: null, takenAt: null });
    await until(() => made.all('button', 'Keep waiting').length);
    await inForm(made, 'Leave a message');
    type(made, 'Your message', 'Please write to me');
    type(made, 'E-mail', 'vera@example.com');
    made.button('Send message').click();
    await until(() => submitted(made).length);
  });

  it('C7 makes room for the agent who answers meanwhile', async () => {
    const made = await offering();
    made.show({ phase: 'waiting', agent: null, takenAt: null });
    await until(() => made.all('button', 'Call me back').length);
    await inForm(made, 'Call me back');
    made.show({});
    await until(() => made.all('textarea', 'Message').length);
    expect(made.all('h2', 'Call me back')).to.be.empty;
  });

  it('C1 tells that the call is coming, and when, and lets the visitor cancel it', async () => {
    const made = await inForm(await offering(), 'Call me back');
    made.session().contact.dispatch({ type: 'drafted', text: 'about the Halo' });
    type(made, 'Phone number', '030901820');
    type(made, 'What is it about? (optional)', 'about the Halo');
    const wishedAt = new Date().setHours(48, 0, 0, 0);
    await accept(made, { ...CALLBACK, wishedAt } as Form);
    await until(() => made.text().includes('We call you at +4930901820 on '));
    expect(focusedElement()?.textContent).to.equal('We call you back');
    await until(() => made.session().contact.state.draft === '');
    expect(made.all('textarea')).to.be.empty;
    made.button('Cancel the call').click();
    made.button('Start a new conversation').click();
    await until(() => made.session().asked.includes('anew'));
    expect(made.session().asked.slice(-2)).to.deep.equal(['end', 'anew']);
  });

  it('C1 tells how a message will be answered', async () => {
    const made = await offering();
    const lead = { kind: 'lead', name: '', email: '', number: '030', text: 'x' } as const;
    await accept(made, lead);
    await until(() => made.text().includes('We have your message, and call you at 030.'));
    await accept(made, { ...lead, email: 'vera@example.com' });
    await until(() => made.text().includes('answer by e-mail to vera@example.com.'));
    expect(made.all('button', 'Cancel the call')).to.be.empty;
  });
});
