import { expect } from '@open-wc/testing';
import { createAgentSession } from '../../../components/session/agent-session.ts';
import type { AgentSession } from '../../../components/store/agent-session.ts';
import { openDurable } from '../../../components/store/durable.ts';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { aContactView, aMessage } from '../../support/contact-sample.ts';
import { until } from '../until.ts';
import { Socket } from './test-socket.ts';

const Native = globalThis.WebSocket;
/** A token that names nobody: what is kept is kept for `agent`. */
const NOBODY = 'm.e30.m';

describe('agent session', () => {
  let session: AgentSession;
  const newest = () => Socket.made.at(-1) as Socket;
  const never = () => new Promise<never>(() => {});
  const durable = openDurable('vicino-desk-agent');
  /** Resolves when so many messages of the contact are on disk and nowhere else. */
  const kept = (count: number) =>
    until(async () => (await durable.entries('contact/c1/out/')).length === count, `${count} are kept`);

  const begin = () =>
    createAgentSession({
      server: 'https://chat.example',
      token: NOBODY,
      describe: () => ({ title: '', body: '' }),
      loadCall: never,
      loadRecorder: never,
    });
  const welcomed = async (...contacts: ContactView[]) => {
    newest().accept();
    await until(() => newest().sent.length > 0);
    const you = {
      side: 'agent',
      id: 'anna',
      name: 'Anna',
      status: { state: 'available', reason: null, voice: true, video: true },
      reasons: [],
      waiting: [],
      responses: { shared: [], own: [] },
      limit: 5,
      reports: false,
    };
    newest().say({ type: 'welcome', version: 1, now: Date.now(), epoch: 'e1', you, contacts, unknown: [] });
  };
  /** The connection breaks, and a new one comes at once. */
  const reconnect = () => {
    const sockets = Socket.made.length;
    newest().end(1006);
    window.dispatchEvent(new Event('online'));
    expect(Socket.made).to.have.length(sockets + 1);
  };
  const said = () =>
    newest()
      .sent.filter(({ type }) => type === 'message.send' || type === 'note.add')
      .map(({ text }) => text);

  beforeEach(() => {
    Object.assign(globalThis, { WebSocket: Socket });
    Socket.made.length = 0;
    session = begin();
  });
  afterEach(async () => {
    session.close();
    globalThis.WebSocket = Native;
    await durable.clear();
  });

  it('M2 S6 messages and notes written while the connection is lost follow its return, in order, with the position of the log', async () => {
    await welcomed(aContactView());
    newest().say({ type: 'log.appended', contact: 'c1', entry: aMessage(1) });
    session.write('c1', 'one');
    reconnect();
    session.write('c1', 'two');
    session.note('c1', 'three');
    await welcomed(aContactView());
    expect(newest().sent[0]?.resume).to.deep.equal([{ contact: 'c1', epoch: 'e1', offset: 1 }]);
    await until(() => said().length === 3);
    expect(said()).to.deep.equal(['one', 'two', 'three']);
    await until(() => newest().sent.some(({ type }) => type === 'cursor.move'));
    // What is still to be written would come behind the end of the test.
    await kept(3);
  });

  it('M2 S6 the same holds for a console that is loaded anew', async () => {
    await welcomed(aContactView());
    newest().say({ type: 'log.appended', contact: 'c1', entry: aMessage(1) });
    newest().end(1006);
    session.write('c1', 'one');
    session.note('c1', 'two');
    await kept(2);
    session.close();
    session = begin();
    await welcomed(aContactView());
    expect(newest().sent[0]?.resume).to.deep.equal([{ contact: 'c1', epoch: 'e1', offset: 1 }]);
    await until(() => said().length === 2);
    expect(said()).to.deep.equal(['one', 'two']);
  });

  it('M2 C16 what was written for a contact that somebody else has by now is told, with its text', async () => {
    await welcomed(aContactView());
    session.write('c1', 'arrived');
    newest().say({
      type: 'log.appended',
      contact: 'c1',
      entry: aMessage(1, { id: String(newest().sent.at(-1)?.id) }),
    });
    newest().end(1006);
    session.write('c1', 'I am coming back to you');
    window.dispatchEvent(new Event('online'));
    await welcomed();
    expect(session.desk.state.assigned).to.deep.equal([]);
    expect(session.desk.state.notice?.message).to.equal('Not delivered to Vera: “I am coming back to you”');
  });
});
