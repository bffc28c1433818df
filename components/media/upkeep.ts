import type { CallQuality } from '../store/call-handle.ts';
import { watchConnection } from './connection-watch.ts';
import { Renegotiation } from './renegotiation.ts';

export interface UpkeepOptions {
  /** A channel of the connection, for words when nothing else brings them and for signs of life. */
  readonly control: RTCDataChannel;
  /** The side that began: it goes on looking for another way, the other side answers. */
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
  #leads: boolean;
  #signal: AbortSignal;
  #rtt = 0;
  #search: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: RTCPeerConnection, options: UpkeepOptions) {
    const { control, leads, say, bringsCandidates, onSilence, signal } = options;
    this.#leads = leads;
    this.#signal = signal;
    this.#negotiation = new Renegotiation(connection, { polite: !leads, say, bringsCandidates, signal });
    watchConnection(connection, control, {
      onQuality: (quality) => {
        this.#rtt = quality.rtt ?? this.#rtt;
        options.onQuality(quality);
      },
      onSilence,
      signal,
    });
    signal.addEventListener('abort', () => this.rest());
  }

  /**
   * Looks for another way until `rest`: what stands in between, a relay or a network, may be back any moment, and one
   * search asks only once. Two that search by turns would take each other's way, so only one repeats it.
   */
  search(): void {
    this.rest();
    if (this.#signal.aborted) return;
    this.#negotiation.restart();
    if (!this.#leads) return;
    this.#search = setTimeout(() => this.search(), Math.max(STEP, ROUND_TRIPS * this.#rtt));
  }

  rest(): void {
    clearTimeout(this.#search);
  }

  /** Takes a word of the other side. */
  take(word: object): void {
    void this.#negotiation.take(word);
  }
}
