import type { CallQuality } from '../store/call-handle.ts';
import { watchConnection } from './connection-watch.ts';
import { Renegotiation } from './renegotiation.ts';

export interface UpkeepOptions {
  /** A channel of the connection, for words when nothing else brings them and for signs of life. */
  readonly control: RTCDataChannel;
  /** The side that began: it makes the offers, the other side asks for them. */
  readonly leads: boolean;
  /** Brings a word to the other side. */
  say(word: object): void;
  /** Whether PeerJS can bring candidates by itself. */
  bringsCandidates(): boolean;
  onQuality(quality: CallQuality): void;
  /** Nothing came from the other side for a while, or something does again. */
  onSilence(silent: boolean): void;
  readonly signal: AbortSignal;
}

/** Milliseconds for a way to be found before the next try; with a slow network more. */
const STEP = 2_000;
/** Round trips that a way through a relay may take to find. */
const ROUND_TRIPS = 10;

/** Keeps a connection that is up: measures it, notices when it falls silent, and looks for another way then. */
export class Upkeep {
  #negotiation: Renegotiation;
  #options: UpkeepOptions;
  #rtt = 0;
  #isSearching = false;
  #next: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: RTCPeerConnection, options: UpkeepOptions) {
    const { control, onSilence, signal } = options;
    this.#options = options;
    this.#negotiation = new Renegotiation(connection, options);
    watchConnection(connection, control, {
      onQuality: (quality) => {
        this.#rtt = quality.rtt ?? this.#rtt;
        options.onQuality(quality);
      },
      onSilence,
      signal,
    });
    signal.addEventListener('abort', () => clearTimeout(this.#next));
  }

  /**
   * Looks for another way until `rest`: what stands in between, a relay or a network, may be back any moment, and one
   * search asks only once. Two that search by turns would take each other's way, so only one does.
   *
   * Pictures wait for it. Those that went into a broken way would be asked for and sent again, be shown late and hold up
   * the ones of now, which need a whole picture to build on besides: the browser asks for that every three seconds.
   */
  search(): void {
    this.#isSearching = true;
    if (this.#options.leads) this.#negotiation.carryVideo(false);
    this.#step();
  }

  /** There is a way. */
  rest(): void {
    if (this.#isSearching && this.#options.leads) this.#negotiation.carryVideo(true);
    this.#isSearching = false;
  }

  /** Takes a word of the other side, which may ask for what is under way already. */
  take(word: object): void {
    if (!('restart' in word)) void this.#negotiation.take(word);
    else if (!this.#isSearching) this.#negotiation.restart();
  }

  #step(): void {
    clearTimeout(this.#next);
    if (!this.#ask()) return;
    this.#next = setTimeout(() => this.#step(), Math.max(STEP, ROUND_TRIPS * this.#rtt));
  }

  /** @returns whether an answer is still to come. */
  #ask(): boolean {
    const { leads, say, signal } = this.#options;
    if (signal.aborted) return false;
    if (!this.#isSearching) return this.#negotiation.repeat();
    if (leads) this.#negotiation.restart();
    else say({ restart: true });
    return true;
  }
}
