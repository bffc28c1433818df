import type { Notice } from '../../store/contact-store.ts';
import { reasonOf } from '../parts/reason.ts';
import { t } from '../strings/console.ts';

const TITLES = {
  'contact.taken': 'noticeTaken',
  'contact.not-waiting': 'noticeGone',
  'contact.unknown': 'noticeGone',
  'contact.ended': 'noticeGone',
  'contact.none-waiting': 'noticeNobody',
  'agent.at-capacity': 'noticeCapacity',
  'agent.not-eligible': 'noticeNotEligible',
  'channel.unavailable': 'noticeChannel',
  'call.busy': 'noticeChannel',
  'call.not-yours': 'noticeChannel',
  'call.unknown': 'noticeChannel',
  'contact.not-assigned': 'noticeAssigned',
  'agent.not-available': 'noticeAvailable',
  'transfer.unavailable': 'noticeTransfer',
  'transfer.out-of-state': 'noticeTransfer',
  'form.invalid': 'noticeForm',
  'file.unknown': 'noticeFile',
  'file.too-large': 'noticeFile',
  'file.type': 'noticeFile',
  'file.damaged': 'noticeFile',
  'link.invalid': 'noticeLink',
  'response.unknown': 'noticeResponse',
  'response.too-many': 'noticeResponse',
  'server.failed': 'noticeServer',
  'recording.failed': 'noticeRecording',
  'recording.off': 'noticeRecording',
  'recording.out-of-state': 'noticeRecording',
  'frame.too-frequent': 'noticeTooFast',
} as const;

const isTitled = (code: string): code is keyof typeof TITLES => code in TITLES;

/** A refusal as two short texts: what did not happen, and why. */
export function noticeText({ code, message }: Notice): { title: string; reason: string } {
  return { title: t(isTitled(code) ? TITLES[code] : 'noticeOther'), reason: reasonOf(message) };
}
