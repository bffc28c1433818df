import type { CallState, DeviceProblem } from '../../store/call-handle.ts';
import { t } from '../strings/media.ts';

const MICROPHONE = {
  denied: 'microphoneDenied',
  missing: 'microphoneMissing',
  busy: 'microphoneBusy',
  insecure: 'microphoneInsecure',
  unsupported: 'microphoneUnsupported',
} as const satisfies Record<DeviceProblem, string>;

const CAMERA = {
  denied: 'cameraDenied',
  missing: 'cameraMissing',
  busy: 'cameraBusy',
  insecure: 'cameraInsecure',
  unsupported: 'cameraUnsupported',
} as const satisfies Record<DeviceProblem, string>;

const SCREEN = {
  denied: 'screenDenied',
  missing: 'screenMissing',
  busy: 'screenBusy',
  insecure: 'screenInsecure',
  unsupported: 'screenUnsupported',
} as const satisfies Record<DeviceProblem, string>;

/** Where the call stands, as a sentence; empty while it simply runs. */
export function progressOf({ status, otherName: name, recording, canRecord }: CallState): string {
  if (status === 'waiting') return name ? t('waitingFor', { name }) : t('waiting');
  if (status === 'connecting') return t('connecting');
  if (status === 'lost') return t('lost');
  // The other side is asked in a dialog of its own.
  if (recording?.status === 'asking' && canRecord) return t('askingFor', { name });
  return '';
}

/** What is wrong with this side's devices, and what to do. */
export const problemsOf = ({ microphoneProblem, cameraProblem, screenProblem }: CallState): string[] => [
  ...(microphoneProblem ? [t(MICROPHONE[microphoneProblem])] : []),
  ...(cameraProblem ? [t(CAMERA[cameraProblem])] : []),
  ...(screenProblem ? [t(SCREEN[screenProblem])] : []),
];

/** Which device is gone, and what took its place; empty when none is. */
export function noticeOf({ notice }: CallState): string {
  if (!notice) return '';
  const device = notice.gone || t(notice.device);
  return notice.now === null
    ? t('gone', { device })
    : t('goneNow', { device, now: notice.now || t('anotherOne') });
}
