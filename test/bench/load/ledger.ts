import type { Plan } from './plan.ts';
import { Message, NumberReader, offsetIn } from './wire.ts';

/** Messages of one member that may be under way at once, without losing track of when they were sent. */
export const MOST_UNDER_WAY = 256;
const UNKNOWN = -1;

/** What every member sent and heard: checks each message, and knows how long its answer took. */
export class Ledger {
  /** Messages that came out of order, twice, or to the wrong one. */
  wrong = 0;
  checked = 0;
  answered = 0;
  /** Milliseconds, of messages sent while it {@link records}. */
  latencies: number[] = [];
  records = false;
  readonly messages: (Message | null)[];
  readonly #plan: Plan;
  readonly #reader: NumberReader;
  readonly #sent: Int32Array;
  readonly #done: Int32Array;
  readonly #heard: Int32Array;
  readonly #offsets: Int32Array;
  readonly #sentAt: Float64Array;
  readonly #recorded: Uint8Array;

  constructor(plan: Plan) {
    const { members, marker } = plan;
    this.#plan = plan;
    this.#reader = new NumberReader(marker);
    this.messages = members.map(({ template }, member) =>
      template === undefined ? null : new Message(template, member),
    );
    this.#sent = new Int32Array(members.length);
    this.#done = new Int32Array(members.length);
    this.#heard = new Int32Array(members.length);
    this.#offsets = new Int32Array(members.length).fill(UNKNOWN);
    this.#sentAt = new Float64Array(members.length * MOST_UNDER_WAY);
    this.#recorded = new Uint8Array(members.length * MOST_UNDER_WAY);
  }

  underWay(member: number): number {
    return (this.#sent[member] ?? 0) - (this.#done[member] ?? 0);
  }

  /** Puts the next number into the message of the member. */
  next(member: number): Uint8Array<ArrayBuffer> {
    const message = this.messages[member];
    if (!message) throw new Error('Cannot send: this member only listens');
    message.number(this.#sent[member] ?? 0);
    return message.bytes;
  }

  sent(member: number, at: number): void {
    const number = this.#sent[member] ?? 0;
    const slot = member * MOST_UNDER_WAY + (number % MOST_UNDER_WAY);
    this.#sentAt[slot] = at;
    this.#recorded[slot] = this.records ? 1 : 0;
    this.#sent[member] = number + 1;
  }

  /** Looks at what a member heard; gives the member whose message was answered by it, or -1. */
  heard(member: number, buffer: Uint8Array, start: number, end: number): number {
    const after = this.#reader.read(buffer, start, end);
    if (after < 0) return -1;
    const { sender, number } = this.#reader;
    const { echoed, numbered, members } = this.#plan;
    const own = sender === member;
    this.checked++;
    if (own ? !echoed : members[member]?.other !== sender) this.wrong++;
    if (numbered) this.#place(member, offsetIn(buffer, after, end));
    if (own === echoed) {
      if (number !== this.#done[sender]) this.wrong++;
      this.#done[sender] = number + 1;
      this.#answer(sender, number);
      return sender;
    }
    if (number !== this.#heard[member]) this.wrong++;
    this.#heard[member] = number + 1;
    return -1;
  }

  /** A member whose socket was closed begins anew: what was under way is given up, and said to be so. */
  restart(member: number): void {
    const { other } = this.#plan.members[member] ?? {};
    this.#done[member] = this.#sent[member] ?? 0;
    if (other !== undefined) this.#heard[other] = this.#sent[member] ?? 0;
    this.#offsets[member] = UNKNOWN;
  }

  #place(member: number, offset: number): void {
    const last = this.#offsets[member] ?? UNKNOWN;
    if (offset < 0 || (last !== UNKNOWN && offset !== last + 1)) this.wrong++;
    this.#offsets[member] = offset;
  }

  #answer(sender: number, number: number): void {
    this.answered++;
    const slot = sender * MOST_UNDER_WAY + (number % MOST_UNDER_WAY);
    if (this.#recorded[slot]) this.latencies.push(performance.now() - (this.#sentAt[slot] ?? 0));
  }
}
