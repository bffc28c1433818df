import { setImmediate } from 'node:timers';

/** Frames that Deno hands over in one turn of the event loop before it looks elsewhere: so many came, and more are waiting. */
const FULL_TURN = 128;
/** So few that nothing waits any more. Between the two, the ends of sockets may have taken the place of frames. */
const CALM_TURN = 64;
/** Milliseconds of full turns, one after the other, after which there is too much to do. */
const LATE = 8;
/** Of all peers, how many are then too many; and milliseconds after which as many are once more, if that was not enough. */
const SHARE = 0.1;
const ROUND = 25;
/** Milliseconds after the last sign of it for which newcomers are refused. */
const AFTERMATH = 1_000;

/**
 * Tells when more frames come than can be passed on in time. What waits is then served in no fair order, and everyone's frames
 * get later and later; it is better to send some peers away, who come back after a pause, than to serve all too late. Whoever
 * speaks next goes, so that it is more often those who speak most.
 */
export class Pressure {
  readonly #clock: () => number;
  readonly #atEndOfTurn: (run: () => void) => void;
  #frames = 0;
  #tooMany = 0;
  #began = 0;
  #fullSince: number | null = null;
  #lastHigh = Number.NEGATIVE_INFINITY;
  #lastRound = Number.NEGATIVE_INFINITY;

  /** @param atEndOfTurn runs something once before the event loop hands over the next frames; default `setImmediate` */
  constructor(clock: () => number, atEndOfTurn: (run: () => void) => void = setImmediate) {
    this.#clock = clock;
    this.#atEndOfTurn = atEndOfTurn;
  }

  /** Whether there was too much to do a moment ago. */
  get isHigh(): boolean {
    return this.#clock() - this.#lastHigh < AFTERMATH;
  }

  /** Counts a frame, whoever sent it, while there are so many peers. */
  count(peers: number): void {
    if (this.#frames++ > 0) return;
    this.#began = this.#clock();
    this.#atEndOfTurn(() => this.#turned(peers));
  }

  /** Whether whoever speaks now is too many, and the other side of their pair with them. */
  shedsPair(): boolean {
    if (this.#tooMany <= 0) return false;
    this.#tooMany -= 2;
    return true;
  }

  #turned(peers: number): void {
    const now = this.#clock();
    const frames = this.#frames;
    this.#frames = 0;
    if (frames >= FULL_TURN) this.#fullSince ??= this.#began;
    else if (frames < CALM_TURN) this.#fullSince = null;
    if (this.#fullSince === null || now - this.#fullSince <= LATE) {
      this.#tooMany = 0;
      return;
    }
    this.#lastHigh = now;
    if (now - this.#lastRound < ROUND) return;
    this.#lastRound = now;
    this.#tooMany = Math.ceil(peers * SHARE);
  }
}
