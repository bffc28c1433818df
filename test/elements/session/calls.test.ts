import { expect } from '@open-wc/testing';
import { createCalls } from '../../../components/session/calls.ts';
import type {
  CallFactory,
  CallOptions,
  DrivenCall,
  JoinedMedia,
  ToldCall,
} from '../../../components/store/call-factory.ts';
import { createContactStore } from '../../../components/store/contact-store.ts';
import type { ClientFrame } from '../../../core/protocol/client-frames.ts';
import type { CallView, ServerFrame } from '../../../core/protocol/server-frames.ts';
import { aContactView } from '../../support/contact-sample.ts';
import { fakeCall } from '../media-bar/fake-call.ts';
import { until } from '../until.ts';
import { aService } from '../widget/fake-session.ts';

const on = { microphone: true, camera: false, sound: true, screen: false };
const asked: CallView = {
  id: 'call-1',
  kind: 'voice',
  askedBy: 'agent',
  status: 'asking',
  upgradeBy: null,
  attempt: 1,
  clients: { visitor: null, agent: 'desk' },
  media: { visitor: on, agent: on },
  activeSince: null,
  recording: null,
};

const welcome: ServerFrame = {
  type: 'welcome',
  version: 1,
  now: 1,
  epoch: 'e1',
  you: { side: 'visitor', id: 'v1', token: 'a.b.c', service: aService() },
  contacts: [],
  unknown: [],
};

const drivenCall: DrivenCall = {
  ...fakeCall(),
  join() {},
  start() {},
  dial() {},
  update() {},
  close() {},
};

const setting = (send: (frame: ClientFrame) => boolean, loadCall: () => Promise<CallFactory>) => {
  const contact = createContactStore('visitor', 'c1');
  const calls = createCalls({
    own: 'visitor',
    client: 'page',
    contact,
    broker: { host: 'localhost', port: 1, path: '/peerjs', secure: false },
    send,
    loadCall,
    onLine() {},
    skew: () => 0,
  });
  return { contact, calls };
};

describe('calls', () => {
  it('V17 a call that comes back to a page is joined with what was on', async () => {
    const media = { microphone: false, camera: true, sound: false, screen: true };
    const joined: JoinedMedia[] = [];
    const made = { ...drivenCall, join: (media: JoinedMedia) => void joined.push(media) };
    const { contact, calls } = setting(
      () => true,
      async () => ({
        createCall: () => made,
        preloadPeer: async () => {},
        createPreview: () => expect.fail(),
      }),
    );
    const call: CallView = {
      ...asked,
      status: 'active',
      clients: { visitor: 'page', agent: 'desk' },
      media: { ...asked.media, visitor: media },
    };
    contact.dispatch({ type: 'viewed', view: aContactView({ id: 'c1', call }) });
    await until(() => joined.length);
    expect(joined[0]).to.include({ microphone: false, camera: true, sound: false });
    calls.close();
  });

  it('V1 an answer whose code cannot be fetched hangs up, so that nobody waits in vain', async () => {
    const sent: ClientFrame[] = [];
    const { contact, calls } = setting(
      (frame) => {
        sent.push(frame);
        return true;
      },
      () => Promise.reject(new TypeError('Failed to fetch')),
    );
    contact.dispatch({ type: 'viewed', view: aContactView({ id: 'c1', call: asked }) });
    calls.answer('voice');
    await until(() => sent.length === 2);
    expect(sent.map(({ type }) => type)).to.eql(['call.answer', 'channel.drop']);
    expect(calls.current.state.handle).to.equal(null);
    calls.close();
  });

  it('V15 V16 what was said of the call while there was no server is said again when there is one', async () => {
    const sent: ClientFrame[] = [];
    const tried: string[] = [];
    let online = true;
    let options: CallOptions | undefined;
    const { contact, calls } = setting(
      (frame) => {
        tried.push(frame.type);
        if (online) sent.push(frame);
        return online;
      },
      async () => ({
        createCall(given) {
          options = given;
          return drivenCall;
        },
        preloadPeer: async () => {},
        createPreview: () => ({ ...fakeCall(), close() {} }),
      }),
    );
    const call: CallView = { ...asked, status: 'active', clients: { visitor: 'page', agent: 'desk' } };
    contact.dispatch({ type: 'viewed', view: aContactView({ id: 'c1', call }) });
    await until(() => options);
    const again = async (): Promise<ClientFrame[]> => {
      online = true;
      calls.receive(welcome);
      await until(() => sent.length > 1);
      online = false;
      return sent.splice(0);
    };
    const about = { contact: 'c1', call: 'call-1' };
    const media = { ...on, camera: true };
    online = false;
    options?.onConnected(1);
    options?.onMedia(on);
    options?.onMedia(media);
    expect(await again()).to.have.deep.members([
      { type: 'call.connected', ...about, attempt: 1 },
      { type: 'call.media', ...about, media },
    ]);
    options?.onLost(1);
    await until(() => tried.includes('call.lost'));
    expect(await again()).to.deep.include({ type: 'call.lost', ...about, attempt: 1 });
    options?.onHangUp();
    expect(await again()).to.deep.include({ type: 'channel.drop', contact: 'c1', channel: 'voice' });
    calls.close();
  });

  it('R1 a recording that is stopped while there is no server is over here at once, and there when there is one', async () => {
    const sent: ClientFrame[] = [];
    let online = true;
    let options: CallOptions | undefined;
    let told: Partial<ToldCall> | undefined;
    const { contact, calls } = setting(
      (frame) => {
        if (online) sent.push(frame);
        return online;
      },
      async () => ({
        createCall(given) {
          options = given;
          return {
            ...drivenCall,
            update(call) {
              told = call;
            },
          };
        },
        preloadPeer: async () => {},
        createPreview: () => ({ ...fakeCall(), close() {} }),
      }),
    );
    const view = (recording: CallView['recording']) =>
      contact.dispatch({
        type: 'viewed',
        view: aContactView({
          id: 'c1',
          call: { ...asked, status: 'active', clients: { visitor: 'page', agent: 'desk' }, recording },
        }),
      });
    view({ status: 'on', since: 1 });
    await until(() => told?.recording?.status === 'on');
    online = false;
    options?.onRecordStop();
    expect(told?.recording).to.equal(null);
    online = true;
    calls.receive(welcome);
    await until(() => sent.length > 0);
    expect(sent).to.eql([{ type: 'recording.stop', contact: 'c1' }]);
    // As the server had it before it heard of that.
    view({ status: 'on', since: 1 });
    await Promise.resolve();
    expect(told?.recording).to.equal(null);
    view(null);
    view({ status: 'on', since: 2 });
    await until(() => told?.recording?.since === 2, 'another one is shown');
    calls.close();
  });
});
