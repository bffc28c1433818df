import type { DeviceProblem, Resolution } from '../store/device-handle.ts';
import type { DeviceChoices } from './device-choice.ts';

export type DeviceName = 'microphone' | 'camera';

/** For each device asked for: its track, or why there is none. */
export type OpenedDevices = Readonly<Partial<Record<DeviceName, MediaStreamTrack | DeviceProblem>>>;

/** The closest size the camera has is used; without a wish it is the camera's own. */
const SIZES: Record<Resolution, MediaTrackConstraints> = {
  default: {},
  high: { width: { ideal: 1280 }, height: { ideal: 720 } },
  low: { width: { ideal: 640 }, height: { ideal: 360 } },
};

export const sizeOf = (resolution: Resolution): MediaTrackConstraints => SIZES[resolution];

/** What was chosen is used as long as it is there; without it any other will do. */
type Wanted = 'exact' | 'ideal';

const CONSTRAINTS: Record<DeviceName, (choices: DeviceChoices, wanted: Wanted) => MediaStreamConstraints> = {
  microphone: ({ microphone }, wanted) => ({
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(microphone ? { deviceId: { [wanted]: microphone } } : {}),
    },
  }),
  camera: ({ camera, resolution }, wanted) => ({
    video: {
      ...sizeOf(resolution),
      ...(camera ? { deviceId: { [wanted]: camera } } : { facingMode: 'user' }),
    },
  }),
};

/**
 * Opens microphone, camera or both. Both are asked in one prompt first; when that fails each is tried alone, so that
 * one missing device does not take the other with it. Never rejects; tracks that arrive after `signal` are stopped.
 */
export async function openDevices(
  names: readonly DeviceName[],
  choices: DeviceChoices,
  signal: AbortSignal,
): Promise<OpenedDevices> {
  const together = await open(names, choices, signal);
  if (names.length === 1 || typeof together === 'object') return byName(names, together);
  const opened: OpenedDevices[] = [];
  for (const name of names) opened.push(byName([name], await open([name], choices, signal)));
  return Object.assign({}, ...opened);
}

async function open(
  names: readonly DeviceName[],
  choices: DeviceChoices,
  signal: AbortSignal,
  wanted: Wanted = 'exact',
): Promise<readonly MediaStreamTrack[] | DeviceProblem> {
  if (!globalThis.isSecureContext) return 'insecure';
  if (!navigator.mediaDevices?.getUserMedia) return 'unsupported';
  try {
    const stream = await navigator.mediaDevices.getUserMedia(
      Object.assign({}, ...names.map((name) => CONSTRAINTS[name](choices, wanted))),
    );
    const tracks = stream.getTracks();
    if (signal.aborted) for (const track of tracks) track.stop();
    return tracks;
  } catch (error) {
    const gone = wanted === 'exact' && (error as Partial<Error> | null)?.name === 'OverconstrainedError';
    return gone ? open(names, choices, signal, 'ideal') : problemOf(error);
  }
}

const KINDS: Record<DeviceName, string> = { microphone: 'audio', camera: 'video' };

function byName(
  names: readonly DeviceName[],
  found: readonly MediaStreamTrack[] | DeviceProblem,
): OpenedDevices {
  const pick = (name: DeviceName) =>
    typeof found === 'string' ? found : (found.find((track) => track.kind === KINDS[name]) ?? 'missing');
  return Object.fromEntries(names.map((name) => [name, pick(name)]));
}

/** @see https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia */
export function problemOf(error: unknown): DeviceProblem {
  switch ((error as Partial<Error> | null)?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unsupported';
  }
}
