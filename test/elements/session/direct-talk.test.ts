import { expect } from '@open-wc/testing';
import { createDirectTalk, type DirectTalk } from '../../../components/session/direct-talk.ts';
import type {
  DirectFile,
  DirectLine,
  DirectListener,
  DirectWord,
  FileOffer,
} from '../../../components/store/call-factory.ts';
import { type ContactStore, createContactStore } from '../../../components/store/contact-store.ts';
import { type Durable, openDurable } from '../../../components/store/durable.ts';
import { MAX_MESSAGE_TEXT } from '../../../core/protocol/limits.ts';
import { aContactView, aMessage } from '../../support/contact-sample.ts';
import { until } from '../until.ts';

/** The end of a line whose other end is the test. */
class Line implements DirectLine {
  isOpen = false;
  readonly said: DirectWord[] = [];
  readonly declined: string[] = [];
  listener!: DirectListener;
  arrives: Promise<void> = Promise.resolve();
  listen(listener: DirectListener): void {
    this.listener = listener;
  }
  open(): void {
    this.isOpen = true;
    this.listener.onOpen();
  }
  say(word: DirectWord): void {
    this.said.push(word);
  }
  sendFile(_: DirectFile): Promise<void> {
    return this.arrives;
  }
  declineFile(id: string): void {
    this.declined.push(id);
  }
}

const PLAN: FileOffer = { id: 'f1', name: 'plan.txt', mime: 'text/plain', size: 4 };

describe('direct talk', () => {
  let durable: Durable;
  let store: ContactStore;
  let line: Line;
  let talks: DirectTalk[];

  /** As a page load begins: what was kept, and a view from the server. */
  const load = () => {
    store = createContactStore('visitor', 'c1');
    store.dispatch({ type: 'viewed', view: aContactView() });
    line = new Line();
    const made = createDirectTalk({ contact: 'c1', own: 'visitor', store, durable });
    made.follow(line);
    talks.push(made);
    return made;
  };
  const write = (id: string, more = {}) =>
    store.dispatch({
      type: 'transcript',
      event: { type: 'write', message: { id, text: `text ${id}`, at: 5, ...more } },
    });
  const append = (offset: number, id: string) =>
    store.dispatch({
      type: 'transcript',
      event: { type: 'appended', epoch: 'e1', entry: aMessage(offset, { id }) },
    });
  const heard = () => store.state.direct?.heard.map(({ id }) => id);
  const onDisk = async () => (await durable.entries('contact/c1/')).map(([key]) => key);

  beforeEach(() => {
    durable = openDurable(`test-${crypto.randomUUID()}`);
    talks = [];
    load();
  });
  afterEach(async () => {
    for (const talk of talks) talk.close();
    await durable.clear();
  });

  it('A5 gives the other browser what waits for the log, once for each connection, and no notes', () => {
    write('m1');
    write('n1', { note: true });
    line.open();
    write('m2');
    expect(line.said).to.deep.equal([
      { type: 'message', id: 'm1', text: 'text m1' },
      { type: 'message', id: 'm2', text: 'text m2' },
    ]);
    append(1, 'm1');
    line.said.length = 0;
    line.open();
    expect(line.said).to.deep.equal([{ type: 'message', id: 'm2', text: 'text m2' }]);
  });

  it('A5 M1 says of a message that it is in the other browser, until the log has it', async () => {
    line.open();
    write('m1');
    line.listener.onWord({ type: 'have', id: 'm1' });
    expect(store.state.direct?.told).to.deep.equal(['m1']);
    append(1, 'm1');
    expect(store.state.direct?.told).to.deep.equal([]);
  });

  it('A5 shows what the other side says under its name until the log has it, and confirms it', async () => {
    line.open();
    line.listener.onWord({ type: 'message', id: 'm1', text: 'Still there?' });
    await until(() => line.said.length > 0);
    expect(line.said).to.deep.equal([{ type: 'have', id: 'm1' }]);
    const [entry] = store.state.direct?.heard ?? [];
    expect(entry).to.include({ id: 'm1', side: 'agent', text: 'Still there?', offset: 0 });
    expect(entry?.author).to.deep.equal({ id: 'anna', name: 'Anna' });
    line.listener.onWord({ type: 'message', id: 'm1', text: 'Another text' });
    await until(() => line.said.length > 1);
    expect(heard()).to.deep.equal(['m1']);
    append(1, 'm1');
    expect(heard()).to.deep.equal([]);
    await until(async () => (await onDisk()).length === 0);
  });

  it('A5 M2 what was heard outlives the page, until the log has it or its author takes it back', async () => {
    line.open();
    line.listener.onWord({ type: 'message', id: 'm1', text: 'one' });
    line.listener.onWord({ type: 'message', id: 'm2', text: 'two' });
    line.listener.onWord({ type: 'message', id: 'm3', text: 'three' });
    await until(() => line.said.length === 3);
    talks.pop()?.close();

    load();
    await until(() => heard()?.length === 3);
    append(1, 'm1');
    line.open();
    line.listener.onWord({ type: 'withdraw', id: 'm3' });
    expect(heard()).to.deep.equal(['m2']);
    await until(async () => (await onDisk()).length === 1);
  });

  it('A5 takes a message back that its author threw away', () => {
    line.open();
    write('m1');
    store.dispatch({ type: 'transcript', event: { type: 'discard', id: 'm1' } });
    expect(line.said.at(-1)).to.deep.equal({ type: 'withdraw', id: 'm1' });
  });

  it('S9 A5 hears no empty or endless text, no strange id, and nothing in the place of what is known', async () => {
    line.open();
    write('mine');
    append(1, 'logged');
    for (const id of ['', 'a b', 'x'.repeat(65)]) line.listener.onWord({ type: 'message', id, text: 'x' });
    for (const text of ['', 'x'.repeat(MAX_MESSAGE_TEXT + 1)])
      line.listener.onWord({ type: 'message', id: 'm1', text });
    line.listener.onWord({ type: 'message', id: 'mine', text: 'not yours' });
    line.listener.onWord({ type: 'message', id: 'logged', text: 'not so' });
    line.listener.onWord({ type: 'message', id: 'm2', text: 'good' });
    await until(() => heard()?.length === 1);
    expect(heard()).to.deep.equal(['m2']);
  });

  it('M3 A5 both sides see each other writing', async () => {
    line.open();
    store.dispatch({ type: 'drafted', text: 'H' });
    store.dispatch({ type: 'drafted', text: 'He' });
    store.dispatch({ type: 'drafted', text: '' });
    expect(line.said).to.deep.equal([
      { type: 'typing', on: true },
      { type: 'typing', on: false },
    ]);
    line.listener.onWord({ type: 'typing', on: true });
    expect(store.state.otherTyping).to.equal(true);
    line.listener.onWord({ type: 'message', id: 'm1', text: 'Hello' });
    await until(() => !store.state.otherTyping);
  });

  it('M4 takes files within the limits of the service, shows their progress, and keeps what came', async () => {
    line.open();
    const { listener } = line;
    expect(listener.takesFile(PLAN)).to.equal(true);
    expect(listener.takesFile({ ...PLAN, mime: 'text/html' })).to.equal(false);
    expect(listener.takesFile({ ...PLAN, size: 10_000_001 })).to.equal(false);
    expect(listener.takesFile({ ...PLAN, id: '../x' })).to.equal(false);
    listener.onFileProgress(PLAN, 2);
    expect(store.state.uploads[0]).to.include({ id: 'f1', name: 'plan.txt', sent: 2, incoming: true });
    talks[0]?.declineFile('f1');
    expect(line.declined).to.deep.equal(['f1']);
    await listener.onFile({ id: 'f1', file: new File(['plan'], 'plan.txt', { type: 'text/plain' }) });
    expect(store.state.uploads).to.deep.equal([]);
    talks.pop()?.close();

    load();
    await until(() => heard()?.length === 1);
    const [entry] = store.state.direct?.heard ?? [];
    expect(entry).to.include({ kind: 'file', name: 'plan.txt', size: 4, side: 'agent' });
    const url = entry?.kind === 'file' ? (entry.url ?? '') : '';
    const shown = await fetch(url);
    expect(shown.headers.get('content-type')).to.equal('application/octet-stream');
    expect(await shown.text()).to.equal('plan');
    append(1, 'f1');
    await until(async () => (await onDisk()).length === 0);
    expect(await fetch(url).catch(() => null)).to.equal(null);
  });

  it('M4 knows the size of a picture that came, so that it is shown as one, and of nothing else', async () => {
    line.open();
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext('2d');
    const picture = await canvas.convertToBlob();
    const png = (id: string, ...parts: BlobPart[]) => ({
      id,
      file: new File(parts, `${id}.png`, { type: 'image/png' }),
    });
    await line.listener.onFile(png('f1', picture));
    await line.listener.onFile(png('f2', 'no picture'));
    const { heard = [] } = store.state.direct ?? {};
    expect(heard.map((entry) => entry.kind === 'file' && [entry.width, entry.height])).to.deep.equal([
      [40, 30],
      [null, null],
    ]);
  });

  it('M4 sends files only while the other side hears, and knows that it has one', async () => {
    const [talk] = talks;
    expect(talk?.canSend('text/plain', 4)).to.equal(false);
    line.open();
    expect(talk?.canSend('text/plain', 4)).to.equal(true);
    expect(talk?.canSend('text/html', 4)).to.equal(false);
    const file = { id: 'f1', mime: 'text/plain', file: new File([], 'x'), onProgress() {} };
    const hold = async () => write('f1', { file: { mime: 'text/plain', size: 4 } });
    await talk?.sendFile({ ...file, signal: new AbortController().signal }, hold);
    expect(store.state.direct?.told).to.deep.equal(['f1']);
    expect(line.said).to.deep.equal([]);
  });
});
