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

/** A device that is gone is no reason to have none: ids are wishes. */
const CONSTRAINTS: Record<DeviceName, (choices: DeviceChoices) => MediaStreamConstraints> = {
  microphone: ({ microphone }) => ({
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(microphone ? { deviceId: { ideal: microphone } } : {}),
    },
  }),
  camera: ({ camera, resolution }) => ({
    video: { ...sizeOf(resolution), ...(camera ? { deviceId: { ideal: camera } } : { facingMode: 'user' }) },
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
): Promise<readonly MediaStreamTrack[] | DeviceProblem> {
  if (!globalThis.isSecureContext) return 'insecure';
  if (!navigator.mediaDevices?.getUserMedia) return 'unsupported';
  try {
    const stream = await navigator.mediaDevices.getUserMedia(
      Object.assign({}, ...names.map((name) => CONSTRAINTS[name](choices))),
    );
    const tracks = stream.getTracks();
    if (signal.aborted) for (const track of tracks) track.stop();
    return tracks;
  } catch (error) {
    return problemOf(error);
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
