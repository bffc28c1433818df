import { expect } from '@open-wc/testing';
import type { CallView, ContactView } from '../../../core/protocol/server-frames.ts';
import { fakeCall } from '../media-bar/fake-call.ts';
import { until } from '../until.ts';
import { inWidget } from './in-widget.ts';

const MEDIA = { microphone: true, camera: false, sound: true, screen: false };
const aCall = (change: Partial<CallView> = {}): CallView => ({
  id: 'k1',
  kind: 'video',
  askedBy: 'agent',
  status: 'asking',
  upgradeBy: null,
  attempt: 0,
  clients: { visitor: null, agent: null },
  media: { visitor: MEDIA, agent: MEDIA },
  activeSince: null,
  recording: null,
  ...change,
});
const channels = (change: Partial<ContactView['channels']>): ContactView['channels'] => ({
  sharing: 'unavailable',
  chat: 'active',
  voice: 'active',
  video: 'available',
  ...change,
});

const asked = async (call: CallView, options = {}) => {
  const made = await inWidget(options);
  made.show({ call });
  // Loaded now, with the first call.
  await customElements.whenDefined('vc-widget-prompts');
  await until(() => made.all('[role="dialog"]').length);
  return made;
};
/** The names of the answers in the dialog. */
const answers = (all: (selector: string) => HTMLElement[]) =>
  all('[slot="actions"]:not(.check)').map(({ textContent }) => textContent?.trim());

describe('calls in vc-widget', () => {
  for (const theme of ['light', 'dark']) {
    it(`V1 is accessible while a call is asked for (${theme})`, async () => {
      const { widget, rest } = await asked(aCall(), { theme });
      await rest();
      await expect(widget).to.be.accessible();
    });
  }

  it('V1 asks for a video call: with video, voice only, or not', async () => {
    const { all, button, session } = await asked(aCall());
    expect(all('[role="dialog"]', 'Video call request')).to.have.length(1);
    expect(answers(all)).to.deep.equal(['Accept with video', 'Voice only', 'Decline']);
    for (const name of answers(all)) button(name ?? '').click();
    await until(() => session().asked.filter((verb) => verb.startsWith('answer')).length === 3);
    expect(session().asked.slice(-3)).to.deep.equal(['answer video', 'answer voice', 'answer decline']);
  });

  it('V1 asks for a voice call: yes or no', async () => {
    const { all, button, session } = await asked(aCall({ kind: 'voice' }));
    expect(all('[role="dialog"]', 'Voice call request')).to.have.length(1);
    expect(answers(all)).to.deep.equal(['Accept', 'Decline']);
    button('Accept').click();
    await until(() => session().asked.includes('answer voice'));
  });

  it('V1 asks for a picture in a running voice call in the same way', async () => {
    const { all } = await asked(
      aCall({ kind: 'voice', status: 'active', askedBy: 'visitor', upgradeBy: 'agent' }),
    );
    expect(all('[role="dialog"]', 'Video call request')).to.have.length(1);
    expect(answers(all)).to.deep.equal(['Accept with video', 'Voice only', 'Decline']);
  });

  it('V1 asks no more when the call was answered elsewhere', async () => {
    const { all, show } = await asked(aCall());
    show({ call: aCall({ status: 'connecting' }) });
    await until(() => !all('[role="dialog"]').length);
  });

  it('V1 opens a minimised widget to ask, and asks nothing about a call the visitor asked for', async () => {
    const { widget, show, all } = await inWidget();
    widget.open = false;
    show({ call: aCall({ askedBy: 'visitor' }) });
    expect(widget.open).to.be.false;
    show({ call: aCall() });
    expect(widget.open).to.be.true;
    await until(() => all('[role="dialog"]', 'Video call request').length);
  });

  it('V9 shows the devices first where the visitor wants to see them, and answers from there', async () => {
    const { all, button, session, show } = await asked(aCall());
    button('Check my devices first').click();
    await until(() => all('vc-pre-join').length);
    expect(all('[role="dialog"]'), 'in place of the question').to.be.empty;
    button('Back').click();
    await until(() => all('[role="dialog"]', 'Video call request').length);
    button('Check my devices first').click();
    await until(() => all('button', 'Turn camera off').length);
    button('Join now').click();
    await until(() => session().asked.includes('answer video'));
    show({ call: aCall({ status: 'connecting' }) });
    await until(() => !all('vc-pre-join').length);
  });

  it('V9 joins without a picture when the camera was switched off before', async () => {
    const { all, button, session } = await asked(aCall());
    button('Check my devices first').click();
    await until(() => all('button', 'Turn camera off').length);
    button('Turn camera off').click();
    await until(() => all('button', 'Turn camera on').length);
    button('Join now').click();
    await until(() => session().asked.includes('answer voice'));
  });

  it('V9 joins muted who muted the microphone before', async () => {
    const { all, button, session } = await asked(aCall());
    button('Check my devices first').click();
    await until(() => all('button', 'Mute microphone').length);
    button('Mute microphone').click();
    await until(() => all('button', 'Unmute microphone').length);
    button('Join now').click();
    await until(() => session().asked.includes('answer video'));
    const call = fakeCall({ own: MEDIA });
    session().call.dispatch({ handle: call });
    await until(() => call.asked.length);
    expect(call.asked).to.deep.equal(['microphone false']);
  });

  it('V9 is no part of a picture that a running call is asked for', async () => {
    const { all } = await asked(
      aCall({ kind: 'voice', status: 'active', askedBy: 'visitor', upgradeBy: 'agent' }),
    );
    expect(all('button', 'Check my devices first')).to.be.empty;
  });

  it('V9 shows the devices to who waits for a call, and begins the call as they left it', async () => {
    const { widget, all, button, show, session, text, rest } = await inWidget();
    show({ phase: 'waiting', kind: 'video', agent: null, takenAt: null });
    await until(() => all('button', 'Check my camera and microphone').length);
    await rest();
    await expect(widget).to.be.accessible();
    button('Check my camera and microphone').click();
    await until(() => all('button', 'Turn camera off').length);
    button('Mute microphone').click();
    await until(() => all('button', 'Unmute microphone').length);
    button('Join now').click();
    await until(() => text().includes('You are ready.'));
    expect(session().asked.filter((verb) => verb.startsWith('answer'))).to.be.empty;
    show({ kind: 'video', call: aCall({ status: 'connecting', askedBy: 'visitor' }) });
    const call = fakeCall({ own: MEDIA });
    session().call.dispatch({ handle: call });
    await until(() => call.asked.length === 2);
    expect(call.asked).to.have.members(['microphone false', 'camera true']);
  });

  it('V9 asks nothing of who waits for a chat', async () => {
    const { all, show, text } = await inWidget();
    show({ phase: 'waiting', kind: 'chat', agent: null, takenAt: null });
    await until(() => text().includes('You can write already.'));
    expect(all('button', 'Check my camera and microphone')).to.be.empty;
  });

  it('V20 is a chat widget where the browser has no WebRTC', async () => {
    const whole = Object.getOwnPropertyDescriptor(globalThis, 'RTCPeerConnection') as PropertyDescriptor;
    Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
    try {
      const { widget, all, show, text, rest } = await inWidget();
      await until(() => all('button', 'Chat').length);
      expect(['Voice call', 'Video call'].flatMap((name) => all('button', name))).to.be.empty;
      expect(all('textarea', 'Message')).to.have.length(1);
      show({ channels: channels({ voice: 'available' }) });
      await until(() => all('[role="log"]').length);
      expect(['Start voice call', 'Start video call'].flatMap((name) => all('button', name))).to.be.empty;
      expect(text()).to.not.contain('undefined');
      await rest();
      await expect(widget).to.be.accessible();
    } finally {
      Object.defineProperty(globalThis, 'RTCPeerConnection', whole);
    }
  });

  it('V2 offers calls in the header only while both sides, the service and the agent allow them', async () => {
    const { all, button, show, session } = await inWidget();
    const offered = () =>
      ['Start voice call', 'Start video call'].filter((name) => all('button', name).length).join();
    show({});
    await until(() => offered() === 'Start voice call,Start video call');
    button('Start video call').click();
    await until(() => session().asked.includes('request video'));
    show({ agent: { id: 'anna', name: 'Anna', picture: null, voice: true, video: false } });
    await until(() => offered() === 'Start voice call');
    show({ channels: channels({ voice: 'unavailable' }) });
    await until(() => offered() === 'Start video call');
    session().visitor.dispatch({ type: 'connection', connection: 'offline' });
    await until(() => offered() === '');
  });

  it('V5 shows the running call with its controls', async () => {
    const { all, show, session, button } = await inWidget();
    const call = fakeCall({ kind: 'voice' });
    show({ call: aCall({ status: 'active' }), channels: channels({}) });
    session().call.dispatch({ handle: call });
    await until(() => all('[role="toolbar"]', 'Call controls').length);
    button('Hang up').click();
    await until(() => call.asked.length);
    expect(call.asked).to.deep.equal(['hangUp']);
    call.set({ status: 'ended' });
    await until(() => !all('[role="toolbar"]').length);
    expect(all('textarea', 'Message')).to.have.length(1);
  });

  it('C3 drops an active channel from the header', async () => {
    const { show, button, session, all } = await inWidget();
    show({ call: aCall({ status: 'active' }), channels: channels({ video: 'active' }) });
    await until(() => all('button', 'Video').length);
    for (const name of ['Video', 'Voice', 'Chat']) button(name).click();
    await until(() => session().asked.includes('drop chat'));
    expect(session().asked.slice(-3)).to.deep.equal(['drop video', 'drop voice', 'drop chat']);
  });

  it('C2 goes on with the call when the chat is closed', async () => {
    const { show, session, all } = await inWidget();
    show({ call: aCall({ status: 'active' }), channels: channels({ chat: 'unavailable' }) });
    session().call.dispatch({ handle: fakeCall({ kind: 'voice' }) });
    await until(() => all('[role="toolbar"]', 'Call controls').length);
    expect(all('textarea')).to.be.empty;
    expect(all('[data-channel="chat"]').map(({ dataset }) => dataset.state)).to.deep.equal(['unavailable']);
  });

  it('R1 says before the answer that the call will be recorded, where every call is', async () => {
    const { text, show } = await asked(aCall());
    expect(text()).not.to.contain('recorded');
    show({ call: aCall(), recording: 'always' });
    await until(() => text().includes('The call will be recorded.'));
  });

  it('R1 asks before anything is kept', async () => {
    const { all, button, session } = await asked(
      aCall({ status: 'active', recording: { status: 'asking', since: 1 } }),
    );
    expect(all('[role="dialog"]', 'Recording request')).to.have.length(1);
    expect(answers(all)).to.deep.equal(['Allow recording', 'Decline']);
    button('Decline').click();
    button('Allow recording').click();
    await until(() => session().asked.includes('recording true'));
    expect(session().asked.slice(-2)).to.deep.equal(['recording false', 'recording true']);
  });
});
