import type { AgentHello } from '../../core/protocol/client-frames.ts';
import type {
  AgentStatus,
  ContactView,
  ServerFrame,
  ServerFrameOf,
  WaitingEntry,
  Welcome,
} from '../../core/protocol/server-frames.ts';
import type { PendingMessage } from '../../core/transcript/transcript.ts';
import { agentHello } from '../support/frames.ts';
import { Participant, type Surroundings } from './participant.ts';
import { pause } from './pause.ts';
import { mayCall } from './signalling.ts';

/** Contacts asked for in one breath when the run is over: with hundreds waiting, more would be a flood. */
const AT_ONCE = 15;

export interface AgentOptions extends Surroundings {
  /** As configured. */
  readonly agent: string;
  readonly token: string;
  readonly pace: readonly [low: number, high: number];
}

/** One window of an agent: takes what waits, answers, hands over, ends, has breaks and a network of its own. */
export class Agent extends Participant {
  readonly agent: string;
  readonly waiting = new Map<string, WaitingEntry>();
  readonly #options: AgentOptions;
  /** Contacts that are theirs, as far as they know. */
  readonly #mine = new Set<string>();
  #status: AgentStatus = { state: 'available', reason: null, voice: true, video: true };
  #away = false;

  constructor(name: string, options: AgentOptions) {
    super(name, 'agent', options);
    this.#options = options;
    this.agent = options.agent;
  }

  get status(): AgentStatus {
    return this.#status;
  }

  /** Contacts this window shows as assigned to its agent. */
  get assigned(): string[] {
    return [...this.#mine].filter((id) => this.views.get(id)?.phase === 'assigned');
  }

  async live(signal: AbortSignal): Promise<void> {
    this.transport.open();
    while (!signal.aborted) {
      await pause(this.random.between(...this.#options.pace), signal);
      if (!signal.aborted) this.#act();
    }
    this.#away = false;
    this.transport.open();
  }

  /** Ready for whatever waits. */
  attend(): void {
    this.send({ type: 'agent.set', state: 'available', reason: null, voice: true, video: true });
  }

  /** Ends all there is, and takes what waits: after the run nothing may be left over. */
  finish(): void {
    for (const contact of this.assigned) this.send({ type: 'contact.end', contact });
    for (const contact of [...this.waiting.keys()].slice(0, AT_ONCE))
      this.send({ type: 'contact.take', contact });
  }

  protected hello(): AgentHello {
    return agentHello(this.#options.token, { client: this.client, resume: this.positions() });
  }

  protected welcomed({ you, contacts }: Welcome): void {
    if (you.side !== 'agent') return;
    this.#status = you.status;
    this.waiting.clear();
    for (const entry of you.waiting) this.waiting.set(entry.contact, entry);
    const ours = new Set(contacts.map(({ id }) => id));
    for (const id of [...this.#mine, ...this.transcripts.keys()]) if (!ours.has(id)) this.#letGo(id);
  }

  protected holds(contact: string): boolean {
    return this.#mine.has(contact);
  }

  protected override view(view: ContactView): void {
    super.view(view);
    if (view.agent?.id === this.agent) this.#mine.add(view.id);
  }

  protected receive(frame: ServerFrame) {
    switch (frame.type) {
      case 'waiting.put':
        return void this.waiting.set(frame.entry.contact, frame.entry);
      case 'waiting.gone':
        return void this.waiting.delete(frame.contact);
      case 'agent.state':
        this.#status = frame.status;
        return;
      case 'contact.gone':
        return this.#letGo(frame.contact);
      case 'transfer.targets':
        return this.#offer(frame);
    }
  }

  /** Nobody else may say it in the agent's stead. */
  protected refused(contact: string, [message]: readonly PendingMessage[], code: string): void {
    if (message) this.discard(contact, message.id, code);
    if (!this.#mine.has(contact)) this.forget(contact);
  }

  #letGo(id: string): void {
    this.#mine.delete(id);
    // The next time it is theirs it begins with the view of then; what is in the outbox is answered first.
    this.views.delete(id);
    this.forget(id);
  }

  #act() {
    if (this.#networkHappens()) return;
    const { random } = this;
    if (random.chance(0.03)) return this.#break();
    if (this.waiting.size > 0 && random.chance(0.5)) return this.#take();
    const mine = [...this.#mine];
    if (mine.length === 0) return;
    const id = random.pick(mine);
    const view = this.views.get(id);
    if (view?.phase === 'ended') return this.#letGo(id);
    if (view) this.#converse(id, view);
  }

  #networkHappens(): boolean {
    if (this.#away) {
      const [mine] = this.#mine;
      if (mine !== undefined && this.random.chance(0.3)) this.write(mine);
      if (this.random.chance(0.15)) {
        this.#away = false;
        this.transport.open();
      }
      return true;
    }
    if (this.random.chance(0.015)) {
      this.#away = true;
      this.transport.close();
      return true;
    }
    if (!this.random.chance(0.03)) return false;
    if (this.random.chance(0.5)) this.reload();
    else this.transport.restart();
    return true;
  }

  #break(): void {
    const state =
      this.#status.state === 'available' ? this.random.pick(['away', 'offline'] as const) : 'available';
    this.send({
      type: 'agent.set',
      state,
      reason: null,
      voice: this.random.chance(0.7),
      video: this.random.chance(0.7),
    });
  }

  #take(): void {
    const entry = this.random.pick([...this.waiting.values()]);
    if (entry.transfer?.direct && this.random.chance(0.4))
      return void this.send({ type: 'transfer.decline', contact: entry.contact });
    this.send({ type: 'contact.take', ...(this.random.chance(0.5) ? { contact: entry.contact } : {}) });
  }

  #converse(id: string, view: ContactView) {
    const { random } = this;
    if (random.chance(0.5)) return this.write(id, random.chance(0.15));
    if (random.chance(0.3)) return this.moveCursor(id);
    if (random.chance(0.2)) return void this.send({ type: 'typing.set', contact: id, on: true });
    if (view.desk?.transfer)
      return void (random.chance(0.2) && this.send({ type: 'transfer.withdraw', contact: id }));
    if (view.call && random.chance(0.3)) return this.signalling.disturb(view);
    if (mayCall(view, 'agent') && random.chance(0.2))
      return void this.send({
        type: 'channel.request',
        contact: id,
        channel: random.pick(['voice', 'video'] as const),
      });
    if (random.chance(0.25)) return void this.send({ type: 'transfer.read', contact: id });
    if (random.chance(0.1))
      return void this.send({
        type: 'contact.colour',
        contact: id,
        colour: random.pick(['red', 'blue', null]),
      });
    if (random.chance(0.1))
      return void this.send({ type: 'link.push', contact: id, url: 'https://shop.example/' });
    if (random.chance(0.1)) return void this.send({ type: 'card.read', contact: id });
    if (random.chance(0.25)) this.send({ type: 'contact.end', contact: id });
  }

  #offer({ contact, agents, services }: ServerFrameOf<'transfer.targets'>): void {
    const targets = [
      ...agents.map(({ id }) => ({ kind: 'agent', id }) as const),
      ...services.map(({ id }) => ({ kind: 'service', id }) as const),
    ];
    if (targets.length > 0)
      this.send({ type: 'transfer.offer', contact, to: this.random.pick(targets), note: 'please' });
  }
}
