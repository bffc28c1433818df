import type { CallState, DeviceProblem } from '../../store/call-handle.ts';
import { t } from '../strings/media.ts';

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

/** Why the screen is not shared. */
export const screenProblemOf = ({ screenProblem }: CallState): string =>
  screenProblem ? t(SCREEN[screenProblem]) : '';

/** That a device gives nothing; what helps is told by a part of its own. */
export const troubleOf = ({ microphoneProblem, cameraProblem }: CallState): string =>
  microphoneProblem || cameraProblem
    ? t('deviceTrouble', { device: t(microphoneProblem ? 'microphone' : 'camera') })
    : '';

/** Which device is gone, and what took its place; empty when none is. */
export function noticeOf({ notice }: CallState): string {
  if (!notice) return '';
  const device = notice.gone || t(notice.device);
  return notice.now === null
    ? t('gone', { device })
    : t('goneNow', { device, now: notice.now || t('anotherOne') });
}
