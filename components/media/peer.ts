import { type MediaConnection, Peer } from 'peerjs';
import type { CallSetup } from '../store/call-factory.ts';

/** `ticket` admits `self` to the broker (PeerJS's `token`); `remote` is the only id this peer calls or answers. */
export interface PeerOptions extends Omit<CallSetup, 'attempt' | 'role'> {
  /** Asked when the call begins. Its tracks decide the shape of the session description, which PeerJS never changes. */
  readonly stream: () => MediaStream;
  /** Called with a connection that has nothing yet, to give it what its first description must hold besides tracks. */
  prepare(connection: RTCPeerConnection): void;
  /** Called before any track or state event of `connection` can fire. */
  onConnection(connection: RTCPeerConnection): void;
  /** The other side is not there, or closed; a crash is never told this way. */
  onGone(): void;
  /** A word of the other side that `say` brought. */
  onWord(word: object): void;
  /** Closes the peer and its connection. */
  readonly signal: AbortSignal;
}

export interface OpenPeer {
  /** Calls `remote`, which must be open already. */
  dial(): void;
  /** Whether the broker is there, and PeerJS brings candidates over it. */
  readonly isOpen: boolean;
  /** Brings a word to the other side over the broker. */
  say(word: object): void;
}

/**
 * PeerJS makes the first offer and answer and refuses a second one, so ours travel as candidates of a connection it does
 * not know: it sets them aside, and whoever listens to its socket has them.
 */
const OURS = 'vicino';

interface BrokerSocket {
  on(event: 'message', listener: (message: BrokerMessage) => void): void;
  send(message: object): void;
}
interface BrokerMessage {
  readonly src?: string;
  readonly payload?: { readonly connectionId?: string; readonly word?: object };
}

/**
 * Registers one peer id at the broker and answers the one call it waits for.
 * @throws {Error} with PeerJS's `type` when the broker refuses or cannot be reached; the signal's reason when aborted.
 */
export function openPeer(options: PeerOptions): Promise<OpenPeer> {
  const { broker, remote, signal } = options;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    // Without `host` and `config` PeerJS uses public servers of its authors.
    const peer = new Peer(options.self, {
      host: broker.host,
      port: broker.port,
      path: broker.path,
      secure: broker.secure,
      token: options.ticket,
      config: {
        iceServers: [...options.ice],
        iceTransportPolicy: options.relayOnly ? 'relay' : 'all',
        bundlePolicy: 'max-bundle',
      },
      debug: 0,
    });
    const { socket } = peer as unknown as { socket: BrokerSocket };
    socket.on('message', ({ src, payload }) => {
      if (src === remote && payload?.connectionId === OURS && payload.word) options.onWord(payload.word);
    });
    const adopt = (call: MediaConnection) => {
      options.onConnection(call.peerConnection);
      call.on('close', () => {
        if (!signal.aborted) options.onGone();
      });
    };
    peer.on('open', () => {
      resolve({
        dial() {
          if (signal.aborted || !peer.open) return;
          adopt(whileMaking(options.prepare, () => peer.call(remote, options.stream())));
        },
        get isOpen() {
          return peer.open;
        },
        say(word) {
          socket.send({ type: 'CANDIDATE', dst: remote, payload: { connectionId: OURS, word } });
        },
      });
    });
    peer.on('call', (call) => {
      if (call.peer !== remote) return call.close();
      whileMaking(options.prepare, () => call.answer(options.stream()));
      adopt(call);
    });
    peer.on('error', (error) => {
      // Losing the broker leaves running media alone; what PeerJS calls a network error says no more than that.
      if (error.type === 'peer-unavailable' || error.type === 'webrtc') options.onGone();
      reject(error);
    });
    signal.addEventListener(
      'abort',
      () => {
        peer.destroy();
        reject(signal.reason);
      },
      { once: true },
    );
  });
}

/**
 * PeerJS makes a connection and its description in one go, within `make`: `prepare` is called in between. What a data
 * channel needs is in a description only when the channel was there before.
 */
function whileMaking<T>(prepare: (connection: RTCPeerConnection) => void, make: () => T): T {
  const Native = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      prepare(this);
    }
  };
  try {
    return make();
  } finally {
    globalThis.RTCPeerConnection = Native;
  }
}
