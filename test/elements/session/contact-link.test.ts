import { expect } from '@open-wc/testing';
import type { ContactLink } from '../../../components/session/contact-link.ts';
import { createContactLink } from '../../../components/session/contact-link.ts';
import { keptPositions } from '../../../components/session/contact-memory.ts';
import type { Durable } from '../../../components/store/durable.ts';
import { openDurable } from '../../../components/store/durable.ts';
import type { ClientFrame } from '../../../core/protocol/client-frames.ts';
import type { LogEntry, MessageEntry } from '../../../core/protocol/server-frames.ts';
import { aMessage } from '../../support/contact-sample.ts';
import { until } from '../until.ts';

const entry = (offset: number, id = `m${offset}`): MessageEntry => aMessage(offset, { id });
const page = (entries: LogEntry[], after = 0, epoch = 'e1', recovered = true) =>
  ({
    type: 'log.page',
    contact: 'c1',
    epoch,
    recovered,
    after,
    head: entries.at(-1)?.offset ?? 0,
    entries,
  }) as const;

describe('contact link', () => {
  let durable: Durable;
  let sent: ClientFrame[];
  let online: boolean;
  let links: ContactLink[];

  const link = (preview = false) => {
    const made = createContactLink({
      own: 'visitor',
      id: 'c1',
      durable,
      server: location.origin,
      token: () => 'token',
      preview: () => preview,
      send: (frame) => {
        if (online) sent.push(frame);
        return online;
      },
      epoch: () => 'e1',
      onNotice: ({ message }) => {
        throw new Error(message);
      },
    });
    links.push(made);
    return made;
  };
  const sentOf = <T extends ClientFrame['type']>(type: T) =>
    sent.filter((frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type);
  const onDisk = async (what: string) => (await durable.entries(`contact/c1/${what}`)).length;

  beforeEach(() => {
    durable = openDurable(`test-${crypto.randomUUID()}`);
    sent = [];
    online = true;
    links = [];
  });
  afterEach(async () => {
    for (const made of links) await made.forget();
  });

  it('M2 keeps what is written offline, and a new page load sends it once, in order', async () => {
    online = false;
    const first = link();
    await first.restored;
    first.write('one');
    first.write('two');
    await until(async () => (await onDisk('out/')) === 2);
    first.close();

    online = true;
    const second = link();
    await second.restored;
    expect(second.store.state.transcript.pending.map(({ text }) => text)).to.eql(['one', 'two']);
    second.resend();
    const messages = sentOf('message.send');
    expect(messages.map(({ text }) => text)).to.eql(['one', 'two']);
    second.receive(page(messages.map(({ id }, index) => entry(index + 1, id))));
    expect(second.store.state.transcript.pending).to.eql([]);
    await until(async () => (await onDisk('out/')) === 0);
  });

  it('M2 shows the history offline, beyond one stored chunk', async () => {
    const first = link();
    await first.restored;
    const entries = Array.from({ length: 250 }, (_, index) => entry(index + 1));
    first.receive(page(entries.slice(0, 100)));
    first.receive({ ...page(entries.slice(100, 200), 100), head: 250 });
    first.receive(page(entries.slice(200), 200));
    first.receive({ type: 'log.appended', contact: 'c1', entry: entry(251) });
    await until(async () => (await keptPositions(durable))[0]?.offset === 251);
    const second = link();
    await second.restored;
    expect(second.store.state.transcript.entries).to.eql([...entries, entry(251)]);
    expect(await onDisk('log/')).to.equal(3);
  });

  it('M1 shows what comes live while the disk is still being read', async () => {
    const made = link();
    made.write('Hello');
    const [message] = sentOf('message.send');
    made.receive({ type: 'log.appended', contact: 'c1', entry: entry(1, message?.id) });
    await made.restored;
    expect(made.store.state.transcript.entries).to.have.length(1);
    expect(made.store.state.transcript.pending).to.eql([]);
  });

  it('S6 forgets a log that began anew, on disk as on the screen', async () => {
    const first = link();
    await first.restored;
    first.receive(page(Array.from({ length: 150 }, (_, index) => entry(index + 1))));
    first.receive(page([entry(1, 'other')], 0, 'e2', false));
    await until(async () => (await keptPositions(durable))[0]?.epoch === 'e2');
    const second = link();
    await second.restored;
    expect(second.store.state.transcript.entries.map(({ id }) => id)).to.eql(['other']);
  });

  it('M1 tells how far it received at once, and how far it read only when it was read', async () => {
    const made = link();
    await made.restored;
    made.receive(page([entry(1), entry(2)]));
    await until(() => sentOf('cursor.move').length === 1);
    expect(sentOf('cursor.move')[0]).to.include({ delivered: 2, read: 0 });
    made.read();
    await until(() => sentOf('cursor.move').length === 2);
    expect(sentOf('cursor.move')[1]).to.include({ delivered: 2, read: 2 });
  });

  it('M3 says once that someone writes, and at the end of it that they stopped', async () => {
    const made = link();
    await made.restored;
    made.draft('H');
    made.draft('He');
    expect(sentOf('typing.set').map(({ on }) => on)).to.eql([true]);
    made.write('Hello');
    expect(sentOf('typing.set').map(({ on }) => on)).to.eql([true, false]);
    expect(made.store.state.draft).to.equal('');
  });

  it('M2 a draft comes back', async () => {
    const first = link();
    await first.restored;
    first.draft('half a thought');
    await until(async () => (await onDisk('draft')) === 1);
    const second = link();
    await second.restored;
    expect(second.store.state.draft).to.equal('half a thought');
  });

  it('S9 a refused message stays with the reason, and is not sent again', async () => {
    const made = link();
    await made.restored;
    made.write('something');
    const [message] = sentOf('message.send');
    made.receive({
      type: 'error',
      code: 'frame.too-frequent',
      message: 'Cannot send: too fast.',
      ref: message?.id ?? '',
    });
    expect(made.store.state.transcript.pending[0]?.refused).to.equal('Cannot send: too fast.');
    sent = [];
    made.resend();
    expect(sentOf('message.send')).to.eql([]);
  });

  it('M8 keeps a note like a message, and sends it as a note', async () => {
    online = false;
    const first = link();
    await first.restored;
    first.note('a good customer');
    await until(async () => (await onDisk('out/')) === 1);
    first.close();
    online = true;
    const second = link();
    await second.restored;
    second.resend();
    expect(sentOf('note.add').map(({ text }) => text)).to.deep.equal(['a good customer']);
    expect(sentOf('message.send')).to.deep.equal([]);
  });

  it('M2 what was kept is sent also when the server was there before the disk was read', async () => {
    online = false;
    const first = link();
    await first.restored;
    first.note('kept');
    await until(async () => (await onDisk('out/')) === 1);
    first.close();
    online = true;
    const second = link();
    second.resend();
    await second.restored;
    expect(sentOf('note.add').map(({ text }) => text)).to.deep.equal(['kept']);
  });

  it('M1 M3 a new socket is told how far this side has read, and that it still writes', async () => {
    const made = link();
    await made.restored;
    made.receive(page([entry(1), entry(2)]));
    made.read();
    await until(() => sentOf('cursor.move').at(-1)?.read === 2);
    made.draft('H');
    sent = [];
    made.resend();
    made.draft('He');
    await until(() => sentOf('cursor.move').length === 1);
    expect(sentOf('cursor.move')[0]).to.include({ delivered: 2, read: 2 });
    expect(sentOf('typing.set').map(({ on }) => on)).to.deep.equal([true]);
  });

  it('M3 tells what is typed only where the service shows it', async () => {
    const quiet = link();
    quiet.draft('my secret');
    expect(sentOf('typing.set')).to.deep.equal([{ type: 'typing.set', contact: 'c1', on: true }]);
    sent = [];
    const open = link(true);
    open.draft('hel');
    open.draft('hello');
    await until(() => sentOf('typing.set').length === 1);
    expect(sentOf('typing.set')[0]?.text).to.equal('hello');
    open.write('hello');
    expect(sentOf('typing.set').at(-1)).to.include({ on: false, text: '' });
  });

  it('M3 C18 C12 C14 brings what the server tells of a contact into its store', () => {
    const made = link();
    made.receive({ type: 'typing', contact: 'c1', side: 'agent', on: true, text: 'so far' });
    made.receive({ type: 'queue.state', contact: 'c1', position: 2, expected: 90 });
    made.receive({ type: 'visitor.card', contact: 'c1', firstSeen: 5, trail: [], earlier: [] });
    made.receive({ type: 'transfer.targets', contact: 'c1', agents: [], services: [] });
    const { otherTyping, otherText, queue, card, targets } = made.store.state;
    expect({ otherTyping, otherText, queue, card, targets }).to.deep.equal({
      otherTyping: true,
      otherText: 'so far',
      queue: { position: 2, expected: 90 },
      card: { firstSeen: 5, trail: [], earlier: [] },
      targets: { agents: [], services: [] },
    });
  });
});
