import { type MediaConnection, Peer } from 'peerjs';
import type { CallSetup } from '../store/call-factory.ts';

/** `ticket` admits `self` to the broker (PeerJS's `token`); `remote` is the only id this peer calls or answers. */
export interface PeerOptions extends Omit<CallSetup, 'attempt' | 'role'> {
  /** Asked when the call begins. Its tracks decide the shape of the session description, which PeerJS never changes. */
  readonly stream: () => MediaStream;
  /** Called before any track or state event of `connection` can fire. */
  onConnection(connection: RTCPeerConnection): void;
  /** The other side is not there, or closed; a crash is never told this way. */
  onGone(): void;
  /** Closes the peer and its connection. */
  readonly signal: AbortSignal;
}

export interface OpenPeer {
  /** Calls `remote`, which must be open already. */
  dial(): void;
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
    const adopt = (call: MediaConnection) => {
      options.onConnection(call.peerConnection);
      call.on('close', () => {
        if (!signal.aborted) options.onGone();
      });
    };
    peer.on('open', () => {
      resolve({
        dial() {
          if (!signal.aborted && peer.open) adopt(peer.call(remote, options.stream()));
        },
      });
    });
    peer.on('call', (call) => {
      if (call.peer !== remote) return call.close();
      call.answer(options.stream());
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
