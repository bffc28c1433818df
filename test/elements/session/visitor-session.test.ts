import { expect } from '@open-wc/testing';
import { createVisitorSession } from '../../../components/session/visitor-session.ts';
import { openDurable } from '../../../components/store/durable.ts';
import type { VisitorSession } from '../../../components/store/visitor-session.ts';
import type { ClientFrame } from '../../../core/protocol/client-frames.ts';
import { aContactView, aMessage } from '../../support/contact-sample.ts';
import { until } from '../until.ts';

const NativeSocket = globalThis.WebSocket;

/** The newest socket of a server that is this test. */
class Socket {
  static readonly OPEN = 1;
  static newest: Socket;
  readyState = 0;
  readonly sent: ClientFrame[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor() {
    Socket.newest = this;
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.readyState = 3;
  }
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  sentOf<T extends ClientFrame['type']>(type: T) {
    return this.sent.filter((frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type);
  }
}

describe('visitor session', () => {
  let session: VisitorSession;

  /** Opens the socket, answers the hello and gives what came behind the welcome. */
  async function welcome(): Promise<Socket> {
    const socket = Socket.newest;
    socket.readyState = 1;
    socket.onopen?.();
    await until(() => socket.sent.length > 0);
    const you = { side: 'visitor', id: 'v1', token: 'token', service: null };
    socket.say({ type: 'welcome', version: 1, now: 1, epoch: 'e1', you, contacts: [], unknown: [] });
    return socket;
  }

  beforeEach(async () => {
    await openDurable('vicino').clear();
    Object.assign(globalThis, { WebSocket: Socket });
    session = createVisitorSession({
      server: location.origin,
      service: 'sales',
      language: 'en',
      agent: '',
      loadCall: () => Promise.reject(new Error('nobody calls here')),
    });
  });
  afterEach(async () => {
    session.close();
    Object.assign(globalThis, { WebSocket: NativeSocket });
    await openDurable('vicino').clear();
  });

  it('M2 takes into a new contact only what the ended one has not', async () => {
    session.write('stored, but nobody said so');
    session.write('too late');
    session.write('later still');
    const socket = await welcome();
    const [stored, late] = socket.sentOf('message.send');
    const contact = stored?.contact ?? '';
    socket.say({ type: 'contact.state', contact: aContactView({ id: contact, phase: 'ended' }) });
    // The acknowledgement comes before what stands in the log between, which has to be asked for.
    const entry = aMessage(2, { id: stored?.id ?? '', side: 'visitor' });
    socket.say({ type: 'log.appended', contact, entry });
    socket.say({
      type: 'error',
      code: 'contact.ended',
      message: 'Cannot send the message: the contact has ended.',
      ref: late?.id,
      contact,
    });
    const again = socket.sentOf('message.send').filter((frame) => frame.contact !== contact);
    expect(again.map(({ text }) => text)).to.eql(['too late', 'later still']);
    expect(socket.sentOf('contact.open').map((frame) => frame.contact)).to.eql([contact, again[0]?.contact]);
  });
});
