import type { CallSetup } from '../store/call-factory.ts';

export interface AttemptEvents {
  /** The answerer's peer waits at the broker. */
  onReady(): void;
  onTrack(track: MediaStreamTrack): void;
  /** Media flows both ways; again after a loss that healed by itself. */
  onUp(): void;
  /** Once per loss: refused, never connected, broken, or closed by the other side. */
  onLost(): void;
}

/** Milliseconds from the answer until an attempt counts as lost. */
const CONNECT_TIMEOUT = 15_000;
/** Milliseconds for a hang-up to arrive on our own socket before a closed connection counts as lost. */
const HANG_UP_GRACE = 300;

export const preloadPeer = () => import('./peer.ts');

/** The life of one peer and its one connection. After `close` no event is given. */
export class Attempt {
  readonly number: number;
  #own: MediaStream;
  #idle: MediaStream;
  #events: AttemptEvents;
  #closing = new AbortController();
  #peer: ReturnType<typeof import('./peer.ts').openPeer>;
  #connection: RTCPeerConnection | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lost = false;
  #isWaiting = false;

  /**
   * @param own this side's real tracks; read whenever a connection begins.
   * @param idle one track of each kind that carries nothing, for what is missing in `own`.
   */
  constructor(setup: CallSetup, own: MediaStream, idle: MediaStream, events: AttemptEvents) {
    this.number = setup.attempt;
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
      onConnection: (connection) => this.#adopt(connection),
      onGone: () => this.#expectHangUp(),
      signal: this.#signal,
    });
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
    this.#timer ??= setTimeout(() => this.#report('lost'), CONNECT_TIMEOUT);
  }

  /** May come before the own peer is open. */
  dial(): void {
    this.#peer.then(
      (peer) => peer.dial(),
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

  close(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
  }

  #adopt(connection: RTCPeerConnection): void {
    const { signal } = this.#closing;
    this.#connection = connection;
    connection.addEventListener('track', ({ track }) => this.#events.onTrack(track), { signal });
    connection.addEventListener('connectionstatechange', () => this.#follow(connection), { signal });
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
    if (connectionState === 'connected') this.#report('up');
    if (connectionState === 'disconnected' || connectionState === 'failed') this.#report('lost');
  }

  #expectHangUp(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#report('lost'), HANG_UP_GRACE);
  }

  #report(what: 'up' | 'lost'): void {
    clearTimeout(this.#timer);
    if (this.#signal.aborted || (what === 'lost' && this.#lost)) return;
    this.#lost = what === 'lost';
    if (this.#lost) this.#events.onLost();
    else this.#events.onUp();
  }
}
