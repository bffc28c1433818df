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
  /** Ends what the other side asked for, should it not say so; undefined: it asks for nothing. */
  #asked: ReturnType<typeof setTimeout> | undefined;
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
    signal.addEventListener('abort', () => {
      clearTimeout(this.#next);
      clearTimeout(this.#asked);
    });
  }

  /**
   * Looks for another way until `rest`: what stands in between, a relay or a network, may be back any moment, and one
   * search asks only once. Two that search by turns would take each other's way, so only one does.
   */
  search(): void {
    this.#isSearching = true;
    this.#holdVideo();
    this.#step();
  }

  /** There is a way. */
  rest(): void {
    if (!this.#isSearching) return;
    this.#isSearching = false;
    this.#holdVideo();
    if (!this.#options.leads) this.#options.say({ restart: false });
  }

  /** Takes a word of the other side. */
  take(word: object): void {
    if ('restart' in word) this.#heed(word.restart === true);
    else void this.#negotiation.take(word);
  }

  /** The other side hears nothing, though we may hear it; or it does again. */
  #heed(asks: boolean): void {
    clearTimeout(this.#asked);
    this.#asked = asks ? setTimeout(() => this.#heed(false), 2 * this.#pause) : undefined;
    this.#holdVideo();
    if (asks && !this.#isSearching) this.#negotiation.restart();
  }

  /**
   * Pictures wait for a way. Those that went into a broken one would be asked for and sent again, be shown late and hold up
   * the ones of now, which need a whole picture to build on besides: the browser asks for that every three seconds.
   */
  #holdVideo(): void {
    if (this.#options.leads) this.#negotiation.carryVideo(!this.#isSearching && this.#asked === undefined);
  }

  /** Milliseconds between two tries. */
  get #pause(): number {
    return Math.max(STEP, ROUND_TRIPS * this.#rtt);
  }

  #step(): void {
    clearTimeout(this.#next);
    if (this.#ask()) this.#next = setTimeout(() => this.#step(), this.#pause);
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
