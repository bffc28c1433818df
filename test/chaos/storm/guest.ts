import type { VisitorHello } from '../../../core/protocol/client-frames.ts';
import type { ServerFrame, Welcome } from '../../../core/protocol/server-frames.ts';
import { visitorHello } from '../../support/frames.ts';
import type { Random } from '../random.ts';
import { PATIENT, Transport } from '../transport.ts';

export interface GuestOptions {
  readonly url: string;
  readonly random: Random;
  /** Opens a contact and writes into it. */
  readonly talks: boolean;
  /** Something changed. */
  readonly onChange: () => void;
}

/** One visitor in the crowd: says hello, comes back as the browser would, and knows what it must find again. */
export class Guest {
  readonly contact: string;
  readonly transport: Transport;
  /** What must not have happened. */
  readonly faults: string[] = [];
  /** When it lost its socket, and was let in again; milliseconds of the clock that never goes back. */
  lostAt: number | null = null;
  backAt: number | null = null;
  readonly #options: GuestOptions;
  readonly #client: string;
  readonly #acknowledged = new Set<string>();
  #person: string | null = null;
  #token: string | undefined;
  #position: { epoch: string; offset: number } | null = null;
  #lives = 0;

  constructor(name: string, options: GuestOptions) {
    this.contact = `${name}-c`;
    this.#client = `${name}-p`;
    this.#options = options;
    this.transport = new Transport({
      address: () => options.url,
      hello: () => this.#hello(),
      random: options.random,
      patience: PATIENT,
      onFrame: (frame) => this.#received(frame),
      onFault: (detail) => this.faults.push(detail),
      onClose: () => this.#lost(),
    });
  }

  /** Let in, and in possession of all that is to be had in this life. */
  get settled(): boolean {
    return this.transport.welcomed && (!this.#options.talks || this.#acknowledged.has(this.#message));
  }

  /** One message for each time it is let in. */
  get #message(): string {
    return `${this.contact}-m${this.#lives}`;
  }

  /** Ids of its messages that are on disk. */
  get acknowledged(): readonly string[] {
    return [...this.#acknowledged];
  }

  #hello(): VisitorHello {
    const resume = this.#position ? [{ contact: this.contact, ...this.#position }] : undefined;
    return visitorHello({
      client: this.#client,
      ...(this.#token === undefined ? {} : { token: this.#token }),
      ...(resume ? { resume } : {}),
    });
  }

  #lost(): void {
    if (this.transport.welcomed) this.lostAt = performance.now();
  }

  #received(frame: ServerFrame) {
    switch (frame.type) {
      case 'welcome':
        return this.#welcomed(frame);
      case 'log.page':
        if (this.#position && !frame.recovered) this.faults.push('its position was not known any more');
        if (this.#position && frame.head < this.#position.offset)
          this.faults.push('its log is shorter than it was');
        break;
      case 'log.appended': {
        const { id, offset } = frame.entry;
        if (this.#position) this.#position = { ...this.#position, offset };
        if (id.startsWith(this.contact)) this.#acknowledged.add(id);
        break;
      }
      case 'error':
        this.faults.push(`${frame.code}: ${frame.message}`);
    }
    this.#options.onChange();
  }

  #welcomed({ you, epoch, contacts }: Welcome): void {
    if (you.side !== 'visitor') return;
    if (this.#person !== null && you.id !== this.#person) this.faults.push('it is somebody else now');
    this.#person = you.id;
    this.#token = you.token;
    if (this.lostAt !== null) this.backAt = performance.now();
    this.#lives++;
    if (this.#options.talks) {
      const { contact } = this;
      if (this.#acknowledged.size > 0 && !contacts.some(({ id }) => id === contact))
        this.faults.push('its contact is gone');
      this.#position ??= { epoch, offset: 0 };
      this.transport.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
      this.transport.send({ type: 'message.send', contact, id: this.#message, text: this.#message });
    }
    this.#options.onChange();
  }
}
