import { setImmediate } from 'node:timers';

/** Frames that Deno hands over in one turn of the event loop before it looks elsewhere: so many came, and more are waiting. */
const FULL_TURN = 128;
/** Milliseconds of full turns, one after the other, after which there is too much to do. */
const LATE = 12;
/** Of all peers, how many are then too many at each further full turn. */
const SHARE = 0.01;
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

  /** @param atEndOfTurn runs something once before the event loop hands over the next frames; default `setImmediate` */
  constructor(clock: () => number, atEndOfTurn: (run: () => void) => void = setImmediate) {
    this.#clock = clock;
    this.#atEndOfTurn = atEndOfTurn;
  }

  /** Whether there was too much to do a moment ago. */
  get isHigh(): boolean {
    return this.#clock() - this.#lastHigh < AFTERMATH;
  }

  /** Counts a frame of one of so many peers; gives whether its sender is one too many. */
  isTooMuch(peers: number): boolean {
    if (this.#frames++ === 0) {
      this.#began = this.#clock();
      this.#atEndOfTurn(() => this.#turned(peers));
    }
    if (this.#tooMany === 0) return false;
    this.#tooMany--;
    return true;
  }

  #turned(peers: number): void {
    const isFull = this.#frames >= FULL_TURN;
    this.#frames = 0;
    this.#fullSince = isFull ? (this.#fullSince ?? this.#began) : null;
    const now = this.#clock();
    const isHigh = this.#fullSince !== null && now - this.#fullSince > LATE;
    this.#tooMany = isHigh ? Math.ceil(peers * SHARE) : 0;
    if (isHigh) this.#lastHigh = now;
  }
}
