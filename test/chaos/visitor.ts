import type { ContactKind } from '../../core/contact/model.ts';
import type { VisitorHello } from '../../core/protocol/client-frames.ts';
import type { LeadForm } from '../../core/protocol/schemas.ts';
import type { ContactView, ServerFrame, Welcome } from '../../core/protocol/server-frames.ts';
import type { PendingMessage } from '../../core/transcript/transcript.ts';
import { DEVICE, PAGE, visitorHello } from '../support/frames.ts';
import { Participant, type Surroundings } from './participant.ts';
import { pause } from './pause.ts';
import { mayCall } from './signalling.ts';

const LEAD: LeadForm = { kind: 'lead', name: '', email: 'a@example.com', number: '', text: 'Call me.' };

export interface VisitorOptions extends Surroundings {
  readonly services: readonly string[];
  readonly agents: readonly string[];
  /** Milliseconds between two doings, between two bounds. */
  readonly pace: readonly [low: number, high: number];
}

/** The contact the widget shows. */
interface Current {
  readonly id: string;
  readonly kind: ContactKind;
  readonly agent: string | undefined;
  /** The server knows of it. */
  opened: boolean;
}

/** A visitor in one window, as the widget would have it: one contact at a time, its outbox kept whatever happens. */
export class Visitor extends Participant {
  readonly #options: VisitorOptions;
  #token: string | undefined;
  #service: string;
  #current: Current | null = null;
  #contacts = 0;
  #away = false;

  constructor(name: string, options: VisitorOptions) {
    super(name, 'visitor', options);
    this.#options = options;
    this.#service = this.random.pick(options.services);
  }

  /** The contact on show, where the server knows of it. */
  get contact(): string | null {
    return this.#current?.opened ? this.#current.id : null;
  }

  override get drained(): boolean {
    return super.drained && (this.#current === null || this.#current.opened);
  }

  async live(signal: AbortSignal): Promise<void> {
    this.transport.open();
    while (!signal.aborted) {
      await pause(this.random.between(...this.#options.pace), signal);
      if (!signal.aborted) this.#act();
    }
    // Whatever happened to the connection is over: everybody comes back.
    this.#away = false;
    this.transport.open();
  }

  /** Gives up waiting, or ends what goes on: after the run nothing may be left over. */
  finish(): void {
    const view = this.#view();
    if (view?.phase === 'dissuaded') this.send({ type: 'contact.end', contact: view.id });
  }

  protected hello(): VisitorHello {
    const resume = this.positions();
    return visitorHello({
      client: this.client,
      service: this.#service,
      ...(this.#token === undefined ? {} : { token: this.#token }),
      page: PAGE,
      device: DEVICE,
      ...(resume.length ? { resume } : {}),
    });
  }

  protected welcomed({ you, contacts, unknown }: Welcome): void {
    if (you.side !== 'visitor') return;
    this.#token = you.token;
    if (!this.#current) return;
    const { id, opened } = this.#current;
    if (opened && unknown.includes(id))
      this.witness.complain('lost', id, `${this.name} was told that there is no such contact`);
    // Without anything of its log it could not be named, and what has ended meanwhile comes only by name.
    if (contacts.some((view) => view.id === id)) this.#current.opened = true;
    else this.#announce();
  }

  protected holds(contact: string): boolean {
    return contact === this.#current?.id;
  }

  protected override view(view: ContactView): void {
    if (!this.holds(view.id)) return;
    if (this.#current) this.#current.opened = true;
    super.view(view);
  }

  protected receive(frame: ServerFrame): void {
    if (frame.type !== 'error' || frame.contact !== this.#current?.id || this.#current?.opened) return;
    // Too many contacts of one visitor: another visitor has more luck.
    if (frame.code === 'frame.too-frequent') this.#becomeAnother();
  }

  /** The contact has ended: what it did not take goes into a new one. */
  protected refused(contact: string, messages: readonly PendingMessage[], code: string): void {
    for (const { id } of messages) this.discard(contact, id, code);
    if (this.#current?.id === contact) this.#current = null;
    this.transcripts.delete(contact);
    const { id } = this.#current ?? this.#begin('chat');
    for (const { refused: _, ...message } of messages) {
      const written = this.witness.written.get(message.id);
      if (written) written.contact = id;
      this.queue(id, message);
    }
  }

  #view(): ContactView | undefined {
    return this.#current ? this.views.get(this.#current.id) : undefined;
  }

  #act() {
    if (this.#networkHappens()) return;
    if (!this.#current)
      return void this.#begin(this.random.pick(['chat', 'chat', 'chat', 'voice', 'video'] as const));
    const { id } = this.#current;
    switch (this.#view()?.phase) {
      case 'dissuaded':
        return this.#given(id);
      case 'ended':
        return this.#ended(id);
      default:
        return this.#converse(id);
    }
  }

  /** Lost connections, moves to other instances, reloads. */
  #networkHappens(): boolean {
    if (this.#away) {
      // Offline one still writes.
      if (this.#current && this.random.chance(0.5)) this.write(this.#current.id);
      if (this.random.chance(0.3)) {
        this.#away = false;
        this.transport.open();
      }
      return true;
    }
    if (this.random.chance(0.03)) {
      this.#away = true;
      this.transport.close();
      return true;
    }
    if (this.random.chance(0.03)) {
      if (this.random.chance(0.5)) this.send({ type: 'page.leave' });
      this.reload();
      return true;
    }
    if (!this.random.chance(0.02)) return false;
    this.transport.restart();
    return true;
  }

  #converse(id: string) {
    const view = this.#view();
    const { random } = this;
    if (random.chance(0.55)) return this.write(id);
    if (random.chance(0.3)) return this.moveCursor(id);
    if (random.chance(0.2))
      return void this.send({ type: 'typing.set', contact: id, on: random.chance(0.7) });
    if (!view) return;
    if (view.call && random.chance(0.3)) return this.signalling.disturb(view);
    if (mayCall(view, 'visitor') && random.chance(0.3))
      return void this.send({
        type: 'channel.request',
        contact: id,
        channel: random.pick(['voice', 'video'] as const),
      });
    if (view.phase === 'waiting' && random.chance(0.08)) return this.#leaveWord(id);
    if (random.chance(0.08))
      return void this.send({
        type: 'page.set',
        page: { ...PAGE, url: `${PAGE.url}/${random.pick(['a', 'b'])}` },
      });
    if (random.chance(0.05))
      return void this.send({ type: 'link.consent', contact: id, allow: random.chance(0.5) });
    if (random.chance(0.05)) return void this.send({ type: 'channel.drop', contact: id, channel: 'chat' });
    if (random.chance(0.1)) this.send({ type: 'contact.end', contact: id });
  }

  /** Nobody answered in time. */
  #given(id: string) {
    if (this.random.chance(0.6)) return void this.send({ type: 'contact.wait', contact: id });
    if (this.random.chance(0.4)) return this.#leaveWord(id);
    this.send({ type: 'contact.end', contact: id });
  }

  #ended(id: string): void {
    if (this.random.chance(0.5))
      return void this.send({
        type: 'contact.rate',
        contact: id,
        score: this.random.pick([1, 2, 3, 4, 5] as const),
        comment: 'so so',
      });
    // What was refused opens the next contact by itself.
    if (this.transcripts.get(id)?.pending.length !== 0) return;
    this.#leave();
    if (this.random.chance(0.4)) this.#becomeAnother();
  }

  #leaveWord(id: string): void {
    if (this.transcripts.get(id)?.pending.length !== 0) return;
    if (!this.send({ type: 'contact.convert', contact: id, form: LEAD })) return;
    this.#leave();
    this.#becomeAnother();
  }

  #begin(kind: ContactKind): Current {
    const agent = this.random.chance(0.15) ? this.random.pick(this.#options.agents) : undefined;
    this.#current = { id: `${this.name}-c${++this.#contacts}`, kind, agent, opened: false };
    this.#announce();
    return this.#current;
  }

  #announce(): void {
    if (!this.#current) return;
    const { id: contact, kind, agent } = this.#current;
    const service = this.#service;
    this.send({ type: 'contact.open', contact, service, kind, ...(agent === undefined ? {} : { agent }) });
  }

  /** Lets go of the contact. */
  #leave(): void {
    const id = this.#current?.id;
    this.#current = null;
    if (id !== undefined) this.forget(id);
  }

  /** Comes again as somebody nobody knows. */
  #becomeAnother(): void {
    this.#token = undefined;
    this.person = null;
    this.#service = this.random.pick(this.#options.services);
    this.reload();
  }
}
