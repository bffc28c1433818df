import { expect, waitUntil } from '@open-wc/testing';
import { createCalls } from '../../../components/session/calls.ts';
import { createContactStore } from '../../../components/store/contact-store.ts';
import type { ClientFrame } from '../../../core/protocol/client-frames.ts';
import type { CallView } from '../../../core/protocol/server-frames.ts';
import { aContactView } from '../../support/contact-sample.ts';

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

describe('calls', () => {
  it('V1 an answer whose code cannot be fetched hangs up, so that nobody waits in vain', async () => {
    const sent: ClientFrame[] = [];
    const contact = createContactStore('visitor', 'c1');
    const calls = createCalls({
      own: 'visitor',
      client: 'page',
      contact,
      broker: { host: 'localhost', port: 1, path: '/peerjs', secure: false },
      send: (frame) => {
        sent.push(frame);
        return true;
      },
      loadCall: () => Promise.reject(new TypeError('Failed to fetch')),
      onLine() {},
      skew: () => 0,
    });
    contact.dispatch({ type: 'viewed', view: aContactView({ id: 'c1', call: asked }) });
    calls.answer('voice');
    await waitUntil(() => sent.length === 2);
    expect(sent.map(({ type }) => type)).to.eql(['call.answer', 'channel.drop']);
    expect(calls.current.state.handle).to.equal(null);
    calls.close();
  });
});
