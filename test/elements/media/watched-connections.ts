/** What a test that watches puts back at its end. */
export const NativeConnection = globalThis.RTCPeerConnection;

/** Every connection that is made from now on. */
export function watchConnections(): RTCPeerConnection[] {
  const connections: RTCPeerConnection[] = [];
  globalThis.RTCPeerConnection = class extends NativeConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
  return connections;
}

/** Lets `connection` say of itself what a bad network would make it say. */
export function pretend(connection: RTCPeerConnection, connectionState: RTCPeerConnectionState): void {
  Object.defineProperty(connection, 'connectionState', { value: connectionState, configurable: true });
  connection.dispatchEvent(new Event('connectionstatechange'));
}

/** Names the way that `connection` is on. */
export const way = ({ localDescription }: RTCPeerConnection) =>
  /a=ice-ufrag:(\S+)/.exec(localDescription?.sdp ?? '')?.[1];
