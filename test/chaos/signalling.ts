import { otherSide, type Side } from '../../core/contact/model.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { CallStart, ContactView, ServerFrameOf } from '../../core/protocol/server-frames.ts';
import type { Random } from './random.ts';

/** One window's part in calls, without media: rings are answered, attempts reported as if something flowed. */
export class Signalling {
  client = '';
  readonly #side: Side;
  readonly #random: Random;
  readonly #send: (frame: ClientFrame) => void;
  /** Calls this window has answered, or leaves to ring. */
  readonly #decided = new Set<string>();
  readonly #started = new Map<string, CallStart>();

  constructor(side: Side, random: Random, send: (frame: ClientFrame) => void) {
    this.#side = side;
    this.#random = random;
    this.#send = send;
  }

  viewed({ id: contact, call }: ContactView): void {
    if (call?.status !== 'asking' || call.askedBy === this.#side || this.#decided.has(call.id)) return;
    this.#decided.add(call.id);
    // Some ring until nobody answered.
    if (this.#random.chance(0.2)) return;
    const answer = this.#random.pick(['video', 'voice', 'decline'] as const);
    this.#send({ type: 'call.answer', contact, call: call.id, answer });
    const start = this.#started.get(call.id);
    if (answer !== 'decline' && start) this.#ready(start);
  }

  receive(frame: CallStart | ServerFrameOf<'call.dial'>) {
    if (frame.type === 'call.dial') return this.#report(frame);
    this.#started.set(frame.call, frame);
    // While it rings an answerer only gets ready; who was told late has answered already.
    if (frame.role === 'answerer' && this.#decided.has(frame.call)) this.#ready(frame);
  }

  /** Something that happens to a call that is up. */
  disturb({ id: contact, call }: ContactView): void {
    if (!call) return;
    const [id, { attempt }] = [call.id, call];
    const media = { microphone: this.#random.chance(0.5), camera: false, sound: true, screen: false };
    this.#send(
      this.#random.pick<ClientFrame>([
        { type: 'call.media', contact, call: id, media },
        { type: 'call.lost', contact, call: id, attempt },
        { type: 'channel.drop', contact, channel: 'voice' },
      ]),
    );
  }

  #ready({ contact, call, attempt }: CallStart): void {
    this.#send({ type: 'call.ready', contact, call, attempt });
    this.#report({ contact, call, attempt });
  }

  #report({ contact, call, attempt }: { contact: string; call: string; attempt: number }): void {
    this.#send({ type: 'call.connected', contact, call, attempt });
  }
}

/** Whether somebody could be asked for a call now. */
export const mayCall = ({ phase, channels, call, away }: ContactView, side: Side): boolean =>
  phase === 'assigned' && !call && channels.voice === 'available' && away[otherSide(side)] === null;
