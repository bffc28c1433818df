import { expect } from '@open-wc/testing';
import type { ChannelState, Channels, Permission } from '../../../core/contact/model.ts';
import { fakeCall } from '../media-bar/fake-call.ts';
import { until } from '../until.ts';
import { callView, change, contactView, say } from './fake-desk.ts';
import { all, button, dialogs, one, openDesk, panel, settled, textOf, texts } from './open-desk.ts';

const NAME = 'Mara Lindqvist';

async function panelDesk(options?: Parameters<typeof openDesk>[0]) {
  const desk = await openDesk(options);
  desk.welcome();
  const store = desk.assign();
  await settled(desk.element);
  return { ...desk, store, article: panel(desk.element, NAME) };
}

const channels = (voice: ChannelState, video: ChannelState): Channels => ({
  sharing: 'unavailable',
  chat: 'active',
  voice,
  video,
});
const disc = (article: Element, name: string) => button(one(article, 'vc-channel-buttons'), name);
const headings = (root: Element) => dialogs(root).map((each) => each.getAttribute('heading'));
const noContact = ['setStatus', 'draft', 'read'];

describe('vc-contact-panel', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`C11 is accessible in ${theme}: with a request and a question`, async () => {
      const { element, store } = await panelDesk({ theme });
      say(store, 'visitor', 'Hello');
      change(store, { call: callView() });
      await settled(element);
      button(element, 'Close contact').click();
      await settled(element);
      await expect(one(element, 'vc-contact-panel')).to.be.accessible();
    });
    it(`C17 is accessible in ${theme}: ended`, async () => {
      const { element, store } = await panelDesk({ theme });
      change(store, { phase: 'ended', endedAt: Date.now(), channels: contactView().channels });
      await settled(element);
      await expect(one(element, 'vc-contact-panel')).to.be.accessible();
    });
  }

  it('C11 names the visitor and says whether the identity is verified', async () => {
    const { element, store, article } = await panelDesk();
    expect(texts(article, 'h2')).to.deep.equal([NAME]);
    expect(one(article, '.verified').getAttribute('aria-label')).to.equal('Identity verified');
    change(store, { visitor: { ...contactView().visitor, verified: false } });
    await settled(element);
    expect(texts(article, '.unverified')).to.deep.equal(['Not verified']);
  });

  it('C12 says who the visitor is, on which page, and from where', async () => {
    const { element, store, article } = await panelDesk();
    const facts = () => texts(article, 'vc-visitor-card dd, dd');
    expect(facts()).to.deep.equal([
      'Returning visitor',
      'Your cart',
      'from search.example',
      'Sales',
      'German',
      'Netherlands',
      'Firefox 153, Linux',
    ]);
    const [link] = all<HTMLAnchorElement>(one(article, 'vc-visitor-card'), 'a');
    expect(link?.href).to.equal('https://shop.example/cart?step=2');
    const page = { url: 'javascript:alert(1)', title: 'Trap', referrer: '' };
    change(store, { visitor: { ...contactView().visitor, isNew: true, page } });
    await settled(element);
    expect(facts().slice(0, 2)).to.deep.equal(['New visitor', 'Trap']);
    expect(all(one(article, 'vc-visitor-card'), 'a'), 'no link to a script').to.deep.equal([]);
  });

  for (const state of ['active', 'connecting', 'available', 'unavailable'] as const)
    it(`C3 shows a channel that is ${state}, in its colour`, async () => {
      const { element, store, article } = await panelDesk();
      change(store, { channels: channels(state, state) });
      await settled(element);
      const video = disc(article, 'Video');
      expect(video.dataset.state).to.equal(state);
      expect(video.getAttribute('aria-disabled')).to.equal(String(state === 'unavailable'));
      // Disabled transitions would hide it: the colour is read when the disc has turned to it.
      const wanted = {
        active: 'rgb(21, 128, 61)',
        connecting: 'rgb(194, 80, 10)',
        available: 'rgb(75, 85, 99)',
        unavailable: 'rgb(195, 201, 207)',
      }[state];
      await until(() => getComputedStyle(one(video, '.disc')).backgroundColor === wanted, `is ${wanted}`);
      expect(getComputedStyle(video).color).to.equal('rgb(255, 255, 255)');
    });

  const clicks: [ChannelState, unknown[]][] = [
    ['available', ['requestChannel', 'c1', 'video']],
    ['active', ['dropChannel', 'c1', 'video']],
    ['connecting', ['dropChannel', 'c1', 'video']],
    ['unavailable', []],
  ];
  for (const [state, verb] of clicks)
    it(`C3 ${verb[0] ?? 'does nothing'} on a click on a channel that is ${state}`, async () => {
      const { element, store, article, asked } = await panelDesk();
      change(store, { channels: channels('available', state) });
      await settled(element);
      disc(article, 'Video').click();
      await settled(element);
      expect(asked).to.deep.equal(verb.length ? [verb] : []);
      expect(disc(article, 'Video').dataset.state, 'until the server says so').to.equal(state);
    });

  it('C3 only shows chat and sharing', async () => {
    const { article, asked } = await panelDesk();
    disc(article, 'Chat').click();
    disc(article, 'Sharing').click();
    await Promise.resolve();
    expect(asked).to.deep.equal([]);
    expect(disc(article, 'Chat').dataset.state).to.equal('active');
  });

  it('V1 says that the visitor is asked, before the media are there', async () => {
    const { element, store, article } = await panelDesk();
    change(store, { call: callView({ askedBy: 'agent' }), channels: channels('connecting', 'connecting') });
    await settled(element);
    expect(texts(article, 'vc-panel-call .note, .note')).to.deep.equal([`Waiting for ${NAME} to answer…`]);
    expect(dialogs(article)).to.deep.equal([]);
  });

  it('V1 shows the call, its pictures and its controls, as long as the call is on this page', async () => {
    const { element, store, article, ring } = await panelDesk();
    change(store, { call: callView({ status: 'active' }) });
    const call = fakeCall({ otherName: NAME, canRecord: true });
    ring('c1', call);
    await settled(element);
    await until(() => all(article, '[role=toolbar]').length === 1, 'the media bar is loaded');
    expect(all(article, 'video').map((each) => each.dataset.role)).to.deep.equal(['remote', 'self']);
    button(article, 'Mute microphone').click();
    button(article, 'Record').click();
    button(article, 'Hang up').click();
    await settled(element);
    expect(call.asked.filter((verb) => !verb.startsWith('playBlocked'))).to.deep.equal([
      'microphone false',
      'startRecording',
      'hangUp',
    ]);
    ring('c1', null);
    change(store, { call: null });
    await settled(element);
    expect(all(article, '[role=toolbar], video')).to.deep.equal([]);
  });

  it('C15 V5 says that a call is on hold, and resumes it, also from a collapsed panel that says so', async () => {
    const { element, desk, store, article, ring, asked, assign } = await panelDesk();
    const held = { microphone: false, camera: false, sound: false, screen: false };
    const view = callView({ status: 'active' });
    change(store, { call: { ...view, media: { ...view.media, agent: held } } });
    const call = fakeCall({ own: held, status: 'waiting' });
    ring('c1', call);
    await settled(element);
    expect(texts(article, '.hold'), 'while it rings it cannot be').to.deep.equal([]);
    call.set({ status: 'active' });
    await settled(element);
    expect(texts(article, '.hold').join()).to.match(
      new RegExp(`On hold · ${NAME} neither hears nor sees you`),
    );
    await expect(element).to.be.accessible();
    button(article, 'Resume').click();
    await settled(element);
    expect(asked.at(-1)).to.deep.equal(['resumeCall', 'c1']);
    call.set({ own: { ...held, sound: true } });
    await settled(element);
    expect(texts(article, '.hold')).to.deep.equal([]);
    assign({ id: 'c2', visitor: { ...contactView().visitor, name: 'Jon' } });
    desk.dispatch({ type: 'expanded', contact: 'c2' });
    await settled(element);
    expect(all(one(article, 'vc-panel-row'), '[role=img]').map(({ ariaLabel }) => ariaLabel)).to.include(
      'On hold',
    );
  });

  it('V8 tells what keeps the visitor from being heard or seen, as it changes', async () => {
    const { element, store, article, ring } = await panelDesk();
    const says = () => texts(article, '.hindrance').join();
    const permit = async (microphone: Permission, camera: Permission) => {
      change(store, { desk: { colour: null, transfer: null, permissions: { microphone, camera } } });
      await settled(element);
    };
    change(store, { call: callView({ status: 'connecting' }) });
    ring('c1', fakeCall());
    await permit('prompt', 'prompt');
    expect(says()).to.equal('');
    await permit('granted', 'denied');
    expect(says()).to.match(/camera is blocked: they are heard/);
    change(store, { call: callView({ kind: 'voice', status: 'active' }) });
    await settled(element);
    expect(says(), 'nobody wants a picture').to.equal('');
    await permit('denied', 'denied');
    expect(says()).to.match(/microphone is blocked: they hear you and can write/);
    await permit('granted', 'granted');
    expect(says()).to.equal('');
  });

  it('V6 gives an expanded picture more room', async () => {
    const { element, store, article, ring } = await panelDesk();
    change(store, { call: callView({ status: 'active' }) });
    const call = fakeCall();
    ring('c1', call);
    await settled(element);
    const width = () => one(article, 'vc-panel-call').clientWidth;
    const before = width();
    call.set({ expanded: true });
    await settled(element);
    expect(width()).to.be.above(before);
    expect(one(article, 'vc-desk-composer').clientWidth).to.be.above(200);
  });

  it('V1 keeps the sound of a call whose panel is collapsed', async () => {
    const { element, desk, store, article, assign, ring } = await panelDesk();
    change(store, { call: callView({ status: 'active' }) });
    ring('c1', fakeCall());
    await settled(element);
    await until(() => all(article, 'video').length === 2, 'the stage is loaded');
    const videos = all(article, 'video');
    assign({ id: 'c2', visitor: { ...contactView().visitor, name: 'Jon' } });
    desk.dispatch({ type: 'expanded', contact: 'c2' });
    await settled(element);
    expect(all(article, 'video')).to.deep.equal(videos);
    expect(all(article, '[role=log]')).to.deep.equal([]);
  });

  const wishes = [
    { kind: 'video', call: callView(), accept: 'video' },
    { kind: 'voice', call: callView({ kind: 'voice' }), accept: 'voice' },
    {
      kind: 'video',
      call: callView({ kind: 'voice', status: 'active', upgradeBy: 'visitor' }),
      accept: 'video',
    },
  ] as const;
  for (const { kind, call, accept } of wishes)
    it(`V2 asks the agent for the ${kind} call the visitor wants${call.upgradeBy ? ' in a running call' : ''}`, async () => {
      const { element, store, article, asked } = await panelDesk();
      change(store, { call });
      await settled(element);
      expect(headings(article)).to.deep.equal([
        kind === 'video' ? 'Video call request' : 'Voice call request',
      ]);
      button(article, 'Decline').click();
      button(article, 'Accept').click();
      await settled(element);
      expect(asked).to.deep.equal([
        ['answerCall', 'c1', 'decline'],
        ['answerCall', 'c1', accept],
        ['expand', 'c1'],
      ]);
      change(store, { call: null });
      await settled(element);
      expect(dialogs(article)).to.deep.equal([]);
    });

  it('V2 asks in a collapsed panel, too', async () => {
    const { element, assign } = await panelDesk();
    assign({ id: 'c2', visitor: { ...contactView().visitor, name: 'Jon' }, call: callView() });
    await settled(element);
    expect(headings(panel(element, 'Jon'))).to.deep.equal(['Video call request']);
    expect(button(panel(element, 'Jon'), 'Accept').checkVisibility()).to.equal(true);
  });

  it('C17 closes a contact after a question', async () => {
    const { element, article, asked } = await panelDesk();
    button(article, 'Close contact').click();
    await settled(element);
    expect(headings(article)).to.deep.equal(['Close contact?']);
    button(dialogs(article)[0] as HTMLElement, 'Cancel').click();
    await settled(element);
    expect([...asked, ...dialogs(article)]).to.deep.equal([]);
    button(article, 'Close contact').click();
    await settled(element);
    button(dialogs(article)[0] as HTMLElement, 'Close contact').click();
    await settled(element);
    expect(asked).to.deep.equal([['end', 'c1']]);
    expect(dialogs(article)).to.deep.equal([]);
  });

  it('C17 shows the end, keeps the conversation readable, and is put away by the agent', async () => {
    const { element, store, article, asked } = await panelDesk();
    say(store, 'visitor', 'Thank you');
    change(store, { phase: 'ended', endedAt: Date.now(), endedBy: 'visitor' });
    await settled(element);
    expect(textOf(one(article, '.ended'))).to.match(/^Ended at .+ Put away$/);
    expect(textOf(one(article, '[role=log]'))).to.contain('Thank you');
    expect(all(article, 'vc-desk-composer, .close')).to.deep.equal([]);
    button(article, 'Put away').click();
    await settled(element);
    expect(asked.filter(([verb]) => !noContact.includes(verb))).to.deep.equal([['putAway', 'c1']]);
  });

  it('C2 sends what the agent writes to its contact', async () => {
    const { element, store, article, asked } = await panelDesk();
    const field = one<HTMLTextAreaElement>(article, 'textarea');
    field.value = 'Hello';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    store.dispatch({ type: 'drafted', text: 'Hello' });
    await settled(element);
    button(article, 'Send').click();
    await settled(element);
    expect(asked).to.deep.equal([
      ['draft', 'c1', 'Hello'],
      ['write', 'c1', 'Hello'],
    ]);
  });

  it('C3 shows why something was refused, until it is dismissed', async () => {
    const { element, store, article, asked } = await panelDesk();
    const message = 'Cannot request the channel: video is not available now';
    store.dispatch({ type: 'noticed', notice: { code: 'channel.unavailable', message } });
    await settled(element);
    expect(texts(article, '.notice p')).to.deep.equal(['Not possible now Video is not available now']);
    button(one(article, 'vc-contact-notice'), 'Dismiss').click();
    await settled(element);
    expect(asked).to.deep.equal([['dismissNotice', 'c1']]);
  });
});
