import type { CallSetup } from '../store/call-factory.ts';
import type { CallQuality } from '../store/call-handle.ts';
import { fetchCode } from '../store/fetch-code.ts';
import { type Ceiling, limitSenders } from './bitrate.ts';
import type { Upkeep } from './upkeep.ts';

export interface AttemptEvents {
  /** The answerer's peer waits at the broker. */
  onReady(): void;
  onTrack(track: MediaStreamTrack): void;
  /** Media flows both ways; again after a loss that healed. */
  onUp(): void;
  onQuality(quality: CallQuality): void;
  /** Media no longer flows. Another way is being looked for: `onUp` or `onLost` follows. */
  onShaken(): void;
  /** Once per loss: refused, never connected, broken for good, or closed by the other side. */
  onLost(): void;
}

/** Id of the data channel that is there from the first description on, and with it the way for all later ones. */
const CONTROL = 1000;

/** Milliseconds without a word of the other side, while another way is looked for, until the attempt is given up. */
const RESTART_TIMEOUT = 4_000;
/** Milliseconds in which two that hear each other must have found one: a new attempt brings new credentials. */
const LONGEST_SEARCH = 60_000;
/** Milliseconds for a hang-up to arrive on our own socket before a closed connection counts as lost. */
const HANG_UP_GRACE = 300;

export const preloadPeer = () => fetchCode(() => import('./peer.ts'));
const loadUpkeep = () => fetchCode(() => import('./upkeep.ts'));

/** The life of one peer and its one connection. After `close` no event is given. */
export class Attempt {
  readonly number: number;
  #own: MediaStream;
  #idle: MediaStream;
  #events: AttemptEvents;
  #closing = new AbortController();
  #peer: ReturnType<typeof import('./peer.ts').openPeer>;
  #role: CallSetup['role'];
  #connection: RTCPeerConnection | null = null;
  #control: RTCDataChannel | null = null;
  #upkeep: Upkeep | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #up = false;
  /** When the search for another way began; null while there is one. */
  #shaken: number | null = null;
  #lost = false;
  #isWaiting = false;
  #patience: number;

  /**
   * @param own this side's real tracks; read whenever a connection begins.
   * @param idle one track of each kind that carries nothing, for what is missing in `own`.
   * @param patience milliseconds from the answer until it counts as lost.
   */
  constructor(
    setup: CallSetup,
    own: MediaStream,
    idle: MediaStream,
    patience: number,
    events: AttemptEvents,
  ) {
    this.number = setup.attempt;
    this.#patience = patience;
    this.#role = setup.role;
    this.#own = own;
    this.#idle = idle;
    this.#events = events;
    this.#peer = this.#open(setup);
    this.#peer.then(
      () => {
        if (this.#signal.aborted || setup.role === 'caller') return;
        this.#isWaiting = true;
        events.onReady();
      },
      () => this.#report('lost'),
    );
  }

  get #signal(): AbortSignal {
    return this.#closing.signal;
  }

  async #open(setup: CallSetup) {
    const { openPeer } = await preloadPeer();
    this.#signal.throwIfAborted();
    return openPeer({
      ...setup,
      stream: () => this.#shape(),
      prepare: (connection) => this.#prepare(connection),
      onConnection: (connection) => this.#adopt(connection),
      onWord: (word) => this.#take(word),
      onGone: () => this.#expectHangUp(),
      signal: this.#signal,
    });
  }

  get connection(): RTCPeerConnection | null {
    return this.#connection;
  }

  get isLost(): boolean {
    return this.#lost;
  }

  /** Whether this is the answerer, at the broker. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Both sides want media now: from here on it must come in time. */
  expect(): void {
    this.#timer ??= setTimeout(() => this.#report('lost'), this.#patience);
  }

  /** May come before the own peer is open, and more than once. */
  dial(): void {
    this.#peer.then(
      (peer) => {
        if (!this.#connection) peer.dial();
      },
      () => {},
    );
  }

  /** Sends `track` instead of what was sent of this kind; null sends nothing. */
  async replaceTrack(kind: string, track: MediaStreamTrack | null): Promise<void> {
    const transceivers = this.#connection?.getTransceivers() ?? [];
    const sender = transceivers.find(({ receiver }) => receiver.track.kind === kind)?.sender;
    // A closed connection rejects; whatever connection comes next takes the tracks it finds.
    await sender?.replaceTrack(track).catch(() => {});
  }

  /** Bounds what is sent; a screen and a face are bounded differently. */
  async limit(ceiling: Ceiling, isScreen: boolean): Promise<void> {
    if (this.#connection) await limitSenders(this.#connection, ceiling, isScreen);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
  }

  #prepare(connection: RTCPeerConnection): void {
    const signal = this.#signal;
    const control = connection.createDataChannel('control', { negotiated: true, id: CONTROL });
    this.#control = control;
    const take = ({ data }: MessageEvent<string>) => this.#take(JSON.parse(data));
    control.addEventListener('message', take, { signal });
    control.addEventListener('close', () => this.#expectHangUp(), { signal });
  }

  #adopt(connection: RTCPeerConnection): void {
    const signal = this.#signal;
    this.#connection = connection;
    connection.addEventListener('track', ({ track }) => this.#events.onTrack(track), { signal });
    connection.addEventListener('connectionstatechange', () => this.#follow(connection), { signal });
    loadUpkeep().catch(() => {}); // Asked for again when it is needed.
    for (const { kind } of this.#idle.getTracks()) if (!this.#ownOf(kind)) void this.replaceTrack(kind, null);
  }

  /** One track of each kind: the real one where there is one already, so that it needs no replacing. */
  #shape(): MediaStream {
    return new MediaStream(this.#idle.getTracks().map((idle) => this.#ownOf(idle.kind) ?? idle));
  }

  #ownOf(kind: string): MediaStreamTrack | undefined {
    return this.#own.getTracks().find((track) => track.kind === kind);
  }

  #follow({ connectionState }: RTCPeerConnection): void {
    if (connectionState === 'connected') this.#rise();
    if (connectionState === 'disconnected' || connectionState === 'failed') this.#shake();
  }

  #rise(): void {
    this.#up = true;
    this.#shaken = null;
    this.#upkeep?.rest();
    this.#keep().catch(() => {}); // Without it a loss is met by the next attempt.
    this.#report('up');
  }

  async #keep(): Promise<void> {
    const [connection, control] = [this.#connection, this.#control];
    if (this.#upkeep || !connection || !control) return;
    const [{ Upkeep }, peer] = await Promise.all([loadUpkeep(), this.#peer]);
    if (this.#upkeep || this.#signal.aborted) return;
    this.#upkeep = new Upkeep(connection, {
      control,
      leads: this.#role === 'caller',
      say: (word) => {
        if (peer.isOpen) peer.say(word);
        else if (control.readyState === 'open') control.send(JSON.stringify(word));
      },
      bringsCandidates: () => peer.isOpen,
      onQuality: this.#events.onQuality,
      onSilence: (silent) => (silent ? this.#shake() : this.#rise()),
      signal: this.#signal,
    });
    if (this.#shaken !== null) this.#upkeep.search();
  }

  /** Something is wrong on the way: another one is looked for at once, for as long as the other side does, too. */
  #shake(): void {
    if (this.#shaken !== null || this.#lost || this.#signal.aborted) return;
    if (this.#up) {
      this.#shaken = performance.now();
      this.#events.onShaken();
      this.#upkeep?.search();
    }
    this.#wait(this.#up ? RESTART_TIMEOUT : 0);
  }

  #take(word: object): void {
    this.#upkeep?.take(word);
    if ('description' in word && this.#shaken !== null && performance.now() - this.#shaken < LONGEST_SEARCH)
      this.#wait(RESTART_TIMEOUT);
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#report('lost'), milliseconds);
  }

  #expectHangUp(): void {
    this.#wait(HANG_UP_GRACE);
  }

  #report(what: 'up' | 'lost'): void {
    clearTimeout(this.#timer);
    if (this.#signal.aborted || (what === 'lost' && this.#lost)) return;
    this.#lost = what === 'lost';
    if (this.#lost) this.#events.onLost();
    else this.#events.onUp();
  }
}
