import type { CallState } from '../../store/call-handle.ts';
import { t } from '../strings/media.ts';

/** Where the call stands, as a sentence; empty while it simply runs. */
export function progressOf({ status, otherName: name, recording, canRecord }: CallState): string {
  if (status === 'waiting') return name ? t('waitingFor', { name }) : t('waiting');
  if (status === 'connecting') return t('connecting');
  if (status === 'lost') return t('lost');
  // The other side is asked in a dialog of its own.
  if (recording?.status === 'asking' && canRecord) return t('askingFor', { name });
  return '';
}

/** Whether a device gives nothing or is gone, or the screen is not shared; what helps is told by a part of its own. */
export const isTroubled = ({ microphoneProblem, cameraProblem, screenProblem, notice }: CallState): boolean =>
  Boolean(microphoneProblem || cameraProblem || screenProblem || notice);
