import type { Side } from '../../core/contact/model.ts';
import type { ClientFrame, Hello } from '../../core/protocol/client-frames.ts';
import { MAX_RESUME } from '../../core/protocol/limits.ts';
import type { Position } from '../../core/protocol/schemas.ts';
import type {
  ContactView,
  LogEntry,
  ServerFrame,
  ServerFrameOf,
  Welcome,
} from '../../core/protocol/server-frames.ts';
import {
  emptyTranscript,
  type PendingMessage,
  stepTranscript,
  type Transcript,
  type TranscriptEvent,
} from '../../core/transcript/transcript.ts';
import type { Random } from './random.ts';
import { Signalling } from './signalling.ts';
import { Transport } from './transport.ts';
import type { Witness } from './witness.ts';

/** What a client is given to live with. */
export interface Surroundings {
  readonly random: Random;
  readonly witness: Witness;
  /** Socket addresses of the instances. */
  readonly addresses: readonly string[];
}

/** Answers that say nothing of the message itself: the server closes the socket, and it is sent again behind the next welcome. */
const PASSING: ReadonlySet<string> = new Set(['server.failed', 'frame.too-frequent']);
/** What a well-made frame is never answered with. */
const DEFECTS: ReadonlySet<string> = new Set(['frame.malformed', 'frame.unknown', 'frame.oversized']);

/** One window of a visitor or an agent, with all that a browser would keep of it: logs, outbox, views. */
export abstract class Participant {
  readonly name: string;
  readonly side: Side;
  readonly transcripts = new Map<string, Transcript>();
  /** Newest view of each contact that is or was theirs. */
  readonly views = new Map<string, ContactView>();
  readonly transport: Transport;
  /** Who they are to the server; null before the first welcome. */
  person: string | null = null;
  protected readonly random: Random;
  protected readonly witness: Witness;
  protected readonly signalling: Signalling;
  #epoch = '';
  #pageLoads = 0;
  #messages = 0;
  /** Frames but pongs received so far: when it stays, nothing goes on any more. */
  #heard = 0;

  constructor(name: string, side: Side, { random, witness, addresses }: Surroundings) {
    this.name = name;
    this.side = side;
    this.random = random.fork(name);
    this.witness = witness;
    this.transport = new Transport({
      address: () => this.random.pick(addresses),
      hello: () => this.#greet(),
      random: this.random,
      onFrame: (frame) => this.#received(frame),
      onFault: (detail) => witness.complain('protocol', null, `${name}: ${detail}`),
      onClose: (code) => this.#closed(code),
    });
    this.signalling = new Signalling(side, this.random, (frame) => this.send(frame));
    this.reload();
  }

  /** Lives until the signal aborts. */
  abstract live(signal: AbortSignal): Promise<void>;
  protected abstract hello(): Hello;
  protected abstract welcomed(welcome: Welcome): void;
  /** Whether it keeps a log of the contact. */
  protected abstract holds(contact: string): boolean;
  /** What this side alone gets. */
  protected abstract receive(frame: ServerFrame): void;
  /**
   * The contact refused the first of these messages for good; the others came behind it. What stood before it has been
   * acknowledged, for answers come in order, though its entry may still be missing here.
   */
  protected abstract refused(contact: string, messages: readonly PendingMessage[], code: string): void;

  get heard(): number {
    return this.#heard;
  }

  /** Everything written is acknowledged or refused, and nothing known to exist is missing. */
  get drained(): boolean {
    return (
      this.transport.welcomed &&
      [...this.transcripts.values()].every(({ pending, behind }) => pending.length === 0 && !behind)
    );
  }

  /** What it says of itself until the next page load. */
  protected get client(): string {
    return `${this.name}-p${this.#pageLoads}`;
  }

  /** Another page load: what the browser keeps stays. */
  reload(): void {
    this.#pageLoads++;
    this.signalling.client = this.client;
    this.transport.restart();
  }

  send(frame: ClientFrame): boolean {
    const sent = this.transport.send(frame);
    if (sent) this.witness.trace.said(this.name, frame);
    return sent;
  }

  write(contact: string, note = false): void {
    const id = `${this.name}-m${++this.#messages}`;
    const text = `${id} ${'.'.repeat(Math.floor(this.random.between(0, 60)))}`;
    this.witness.write({ id, text, note, by: this.name, contact });
    this.queue(contact, { id, text, at: Date.now(), note });
  }

  /** Into the outbox of the contact, and on its way when there is one. */
  protected queue(contact: string, message: Omit<PendingMessage, 'refused'>): void {
    this.#transcribe(contact, { type: 'write', message });
    this.#sendMessage(contact, message);
  }

  protected positions(): Position[] {
    const known = [...this.transcripts].flatMap(([contact, { epoch, head }]) =>
      epoch === null ? [] : [{ contact, epoch, offset: head }],
    );
    // Some browsers have kept a log that is none of this server's, and have to begin anew.
    return known
      .slice(-MAX_RESUME)
      .map((position) => (this.random.chance(0.03) ? this.#falsified(position) : position));
  }

  /** Tells how far the log was received and seen. */
  protected moveCursor(contact: string): void {
    const head = this.transcripts.get(contact)?.head ?? 0;
    if (head > 0) this.send({ type: 'cursor.move', contact, delivered: head, read: head });
  }

  /** Forgets a contact whose outbox is empty. */
  protected forget(contact: string): void {
    if (this.transcripts.get(contact)?.pending.length) return;
    this.transcripts.delete(contact);
    this.views.delete(contact);
  }

  /** Sends again what was not acknowledged, in order of writing. */
  protected resend(): void {
    for (const [contact, { pending }] of this.transcripts)
      for (const message of pending) this.#sendMessage(contact, message);
  }

  #greet(): Hello {
    const hello = this.hello();
    this.witness.trace.said(this.name, hello);
    return hello;
  }

  #closed(code: number): void {
    this.witness.answered(`close ${code}`);
    this.witness.trace.note(this.name, `· closed with ${code}`);
  }

  #falsified(position: Position): Position {
    this.transcripts.set(position.contact, {
      ...(this.transcripts.get(position.contact) ?? emptyTranscript),
      epoch: 'another',
    });
    return { ...position, epoch: 'another' };
  }

  #sendMessage(contact: string, { id, text, note }: Omit<PendingMessage, 'refused'>): void {
    this.send({ type: note ? 'note.add' : 'message.send', contact, id, text, ref: id });
  }

  #received(frame: ServerFrame) {
    if (frame.type === 'pong') return;
    this.witness.trace.heard(this.name, frame);
    this.#heard++;
    switch (frame.type) {
      case 'welcome':
        return this.#welcome(frame);
      case 'contact.state':
        this.#told(frame.contact);
        break;
      case 'log.appended':
        this.#saw(frame.contact, frame.entry);
        // What was in time before the contact was lost is acknowledged, in a log that is not read here any more.
        if (!this.holds(frame.contact)) return this.#done(frame.contact, frame.entry.id);
        return this.#transcribe(frame.contact, { ...frame, type: 'appended', epoch: this.#epoch });
      case 'log.page':
        for (const entry of frame.entries) this.#saw(frame.contact, entry);
        if (!this.holds(frame.contact)) return;
        return this.#transcribe(frame.contact, { ...frame, type: 'page' });
      case 'error':
        this.#refusal(frame);
        break;
      case 'call.start':
      case 'call.dial':
        return this.signalling.receive(frame);
    }
    this.receive(frame);
  }

  #welcome(welcome: Welcome): void {
    const { epoch, you, contacts } = welcome;
    this.#epoch = epoch;
    this.person = you.id;
    this.witness.epoch ??= epoch;
    if (this.witness.epoch !== epoch)
      this.witness.complain('lost', null, 'the data was replaced by other data');
    for (const view of contacts) this.view(view);
    this.welcomed(welcome);
    this.resend();
  }

  /** Takes a view that is newer than the one at hand. */
  protected view(view: ContactView): void {
    const known = this.views.get(view.id);
    if (known && known.rev >= view.rev) return;
    this.views.set(view.id, view);
    this.signalling.viewed(view);
  }

  /** A contact nobody told of before has a log to read. */
  #told(view: ContactView): void {
    const isNews = !this.views.has(view.id);
    this.view(view);
    if (isNews && this.holds(view.id)) this.send({ type: 'log.read', contact: view.id, after: 0 });
  }

  #saw(contact: string, entry: LogEntry): void {
    const own = (entry.kind === 'message' || entry.kind === 'note') && entry.author.id === this.person;
    this.witness.saw(contact, entry, own);
  }

  #refusal({ code, ref, contact, message }: ServerFrameOf<'error'>): void {
    this.witness.answered(code);
    if (DEFECTS.has(code))
      this.witness.complain('protocol', contact ?? null, `${this.name}: ${code} ${message}`);
    const pending = this.transcripts.get(contact ?? '')?.pending ?? [];
    const at = pending.findIndex(({ id }) => id === ref);
    if (contact !== undefined && at >= 0 && !PASSING.has(code))
      this.refused(contact, pending.slice(at), code);
  }

  /** Takes a message out of the outbox that its contact does not take. */
  protected discard(contact: string, id: string, code: string): void {
    this.#transcribe(contact, { type: 'discard', id });
    this.witness.written.get(id)?.refused.set(contact, code);
  }

  #done(contact: string, id: string): void {
    if (!this.transcripts.has(contact)) return;
    this.#transcribe(contact, { type: 'discard', id });
    this.forget(contact);
  }

  #transcribe(contact: string, event: TranscriptEvent): void {
    const before = this.transcripts.get(contact) ?? emptyTranscript;
    const { transcript, effects } = stepTranscript(before, event);
    this.transcripts.set(contact, transcript);
    for (const { after } of effects) this.send({ type: 'log.read', contact, after });
  }
}
