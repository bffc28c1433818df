/** Finding out with real connections which ways out of this network there are. */

/** After so many milliseconds without an answer there is no way. */
const PATIENCE = 10_000;
/** How long bytes are sent through a relay to see how many arrive, and in what pieces. */
const MEASURED = 1_500;
const PIECE = new Uint8Array(16 * 1024);
/** As much as may wait in the browser for being sent. */
const AHEAD = 512 * 1024;

/** Whether the addresses answer over UDP; resolves as soon as that is known. */
export async function reaches(urls: string[]): Promise<boolean> {
  return gathers({ iceServers: [{ urls }] }, 'srflx');
}

/** Whether an address of this type is found. */
async function gathers(configuration: RTCConfiguration, wanted: RTCIceCandidateType): Promise<boolean> {
  const connection = new RTCPeerConnection(configuration);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<boolean>((resolve) => {
      let hasFailed = false;
      connection.onicecandidateerror = () => {
        hasFailed = true;
      };
      connection.onicecandidate = ({ candidate }) => {
        if (candidate?.type === wanted) resolve(true);
        // Where no router stands in between, what the server saw is what we are, and not told again.
        else if (candidate === null) resolve(wanted === 'srflx' && !hasFailed);
      };
      timer = setTimeout(() => resolve(false), PATIENCE);
      connection.createDataChannel('check');
      connection.setLocalDescription().catch(() => resolve(false));
    });
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}

/** Whether the relay takes us in; resolves as soon as that is known. Nothing is sent through it. */
export async function relays(servers: readonly RTCIceServer[]): Promise<boolean> {
  return gathers({ iceServers: [...servers], iceTransportPolicy: 'relay' }, 'relay');
}

/** Bytes to ourselves, through a relay and nothing else. */
export interface RelayedPair {
  /** Sends as many as possible for a while; gives how many bits a second arrive. */
  rate(): Promise<number>;
  close(): void;
}

/** Null: there is no way through. */
export async function openRelay(server: RTCIceServer): Promise<RelayedPair | null> {
  const configuration: RTCConfiguration = { iceServers: [server], iceTransportPolicy: 'relay' };
  const [here, there] = [new RTCPeerConnection(configuration), new RTCPeerConnection(configuration)];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE);
  });
  const close = () => {
    here.close();
    there.close();
  };
  const channels = await Promise.race([connect(here, there).catch(() => null), expired]);
  clearTimeout(timer);
  if (channels) return { rate: () => rateOf(channels.out, channels.into), close };
  close();
  return null;
}

async function connect(
  here: RTCPeerConnection,
  there: RTCPeerConnection,
): Promise<{ out: RTCDataChannel; into: RTCDataChannel }> {
  let described = () => {};
  const known = new Promise<void>((resolve) => {
    described = resolve;
  });
  for (const [from, to] of [
    [here, there],
    [there, here],
  ] as const)
    from.onicecandidate = ({ candidate }) => {
      // A candidate means nothing before the description it belongs to.
      known.then(() => to.addIceCandidate(candidate ?? undefined)).catch(() => {});
    };
  const open = (side: RTCPeerConnection) =>
    new Promise<RTCDataChannel>((resolve) => {
      const channel = side.createDataChannel('check', { negotiated: true, id: 0 });
      channel.onopen = () => resolve(channel);
    });
  const opened = Promise.all([open(here), open(there)]);
  await here.setLocalDescription();
  await there.setRemoteDescription(here.localDescription as RTCSessionDescription);
  await there.setLocalDescription();
  await here.setRemoteDescription(there.localDescription as RTCSessionDescription);
  described();
  const [out, into] = await opened;
  return { out, into };
}

/** Bits a second that arrive while as much as possible is sent. */
async function rateOf(out: RTCDataChannel, into: RTCDataChannel): Promise<number> {
  let bytes = 0;
  let first = 0;
  let last = 0;
  into.binaryType = 'arraybuffer';
  into.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    last = performance.now();
    // Time runs from the first one, which therefore does not count.
    if (first === 0) first = last;
    else bytes += data.byteLength;
  };
  const fill = () => {
    while (out.readyState === 'open' && out.bufferedAmount < AHEAD) out.send(PIECE);
  };
  out.bufferedAmountLowThreshold = AHEAD / 2;
  out.onbufferedamountlow = fill;
  fill();
  await new Promise((resolve) => setTimeout(resolve, MEASURED));
  out.onbufferedamountlow = null;
  return last > first ? (bytes * 8_000) / (last - first) : 0;
}
