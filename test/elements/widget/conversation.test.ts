import { expect } from '@open-wc/testing';
import { fill, happened, message } from '../parts/contact-fixture.ts';
import { until } from '../until.ts';
import { inWidget } from './in-widget.ts';

type Channels = Parameters<Awaited<ReturnType<typeof inWidget>>['show']>[0]['channels'];
const NONE: Channels = {
  sharing: 'unavailable',
  chat: 'unavailable',
  voice: 'unavailable',
  video: 'unavailable',
};

const talking = async (change = {}, options = {}) => {
  const made = await inWidget(options);
  made.show(change);
  fill(made.session().contact, [
    happened(1, 'contact.taken'),
    message(2, 'visitor', 'Is the Halo in stock?'),
  ]);
  await until(() => made.all('[role="log"]', undefined).length);
  return made;
};

describe('conversation in vc-widget', () => {
  for (const theme of ['light', 'dark']) {
    it(`C2 is accessible while talking (${theme})`, async () => {
      const { widget, rest } = await talking({}, { theme });
      await rest();
      await expect(widget).to.be.accessible();
    });

    it(`C7 is accessible while nobody is free (${theme})`, async () => {
      const { widget, rest } = await talking({ phase: 'dissuaded', agent: null, channels: NONE }, { theme });
      await rest();
      await expect(widget).to.be.accessible();
    });
  }

  it('M2 takes a message before there is a connection', async () => {
    const { session, all, button } = await inWidget({ online: false });
    await until(() => all('textarea', 'Message').length);
    const field = all('textarea', 'Message')[0] as HTMLTextAreaElement;
    field.value = 'Hello?';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await until(() => !button('Send').disabled);
    button('Send').click();
    await until(() => session().asked.includes('write Hello?'));
  });

  it('M2 says that it is offline, and shows the history', async () => {
    const { session, text } = await talking();
    session().visitor.dispatch({ type: 'connection', connection: 'offline' });
    await until(() => text().includes('You are offline, messages are kept and sent later'));
    expect(text()).to.contain('Is the Halo in stock?');
  });

  it('E1 says so when the server refuses it', async () => {
    const { session, text, all } = await inWidget();
    session().visitor.dispatch({ type: 'connection', connection: 'refused' });
    await customElements.whenDefined('vc-widget-refused');
    await until(() => text().includes('This chat is not available'));
    expect(all('textarea')).to.be.empty;
  });

  it('C7 tells a visitor in the queue that they wait', async () => {
    const { show, text, all } = await inWidget();
    show({
      phase: 'waiting',
      agent: null,
      takenAt: null,
      kind: 'video',
      channels: { ...NONE, chat: 'connecting' },
    });
    await until(() => text().includes('Your video call starts as soon as somebody answers.'));
    expect(all('textarea', 'Message')).to.have.length(1);
  });

  it('C16 tells a visitor whose agent was lost that they are first in the queue', async () => {
    const { text } = await talking({
      phase: 'waiting',
      agent: null,
      channels: { ...NONE, chat: 'connecting' },
    });
    expect(text()).to.contain('You are first in the queue.');
  });

  it('C7 tells a visitor whom nobody answered, keeps what was typed, and lets them wait on', async () => {
    const { session, show, text, button } = await talking({ phase: 'waiting', agent: null, takenAt: null });
    session().contact.dispatch({ type: 'drafted', text: 'half a sentence' });
    show({ phase: 'dissuaded', agent: null, takenAt: null, channels: NONE });
    await until(() => text().includes('Nobody is free right now'));
    expect(text()).to.contain('Is the Halo in stock?');
    expect(session().contact.state.draft).to.equal('half a sentence');
    button('Keep waiting').click();
    await until(() => session().asked.includes('wait'));
  });

  it('C17 ends when asked, stays readable, and starts anew', async () => {
    const { session, show, text, all, button } = await talking();
    button('End conversation').click();
    await until(() => session().asked.includes('end'));
    show({ phase: 'ended', endedBy: 'visitor', channels: NONE });
    await until(() => text().includes('This conversation has ended'));
    expect(text()).to.contain('Is the Halo in stock?');
    expect(all('textarea')).to.be.empty;
    expect(all('button', 'End conversation')).to.be.empty;
    button('Start a new conversation').click();
    await until(() => session().asked.includes('anew'));
    session().contact.dispatch({ type: 'cleared' });
    await until(() => all('button', 'Chat').length);
  });

  it('C3 shows the state of the four channels', async () => {
    const { all } = await talking();
    const discs = all('[data-channel]').map(({ dataset, ariaLabel }) => [dataset.state, ariaLabel]);
    expect(discs).to.deep.equal([
      ['unavailable', 'Sharing: unavailable'],
      ['active', 'Chat: active'],
      ['available', 'Voice: available'],
      ['available', 'Video: available'],
    ]);
  });

  it('M2 shows a refusal until it is put away', async () => {
    const { session, text, button } = await talking();
    session().contact.dispatch({
      type: 'noticed',
      notice: { code: 'call.busy', message: 'Cannot call: busy.' },
    });
    await until(() => text().includes('Cannot call: busy.'));
    button('Dismiss').click();
    await until(() => session().asked.includes('dismiss'));
  });
});
