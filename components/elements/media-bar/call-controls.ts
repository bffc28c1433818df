import type { CallState } from '../../store/call-handle.ts';
import * as icons from '../call-icons.ts';
import type { VcEventMap } from '../events.ts';
import { video } from '../icons.ts';
import { t } from '../strings/media.ts';
import type { CallRequestType } from './call-requests.ts';

/** One button of the bar, as the call is now. */
export interface CallControl {
  readonly label: string;
  readonly icon: string;
  /** `off`: what it controls is off; `danger`: ends the call. */
  readonly look: 'plain' | 'off' | 'recording' | 'danger';
  /** Shown, and can be focused, but asks for nothing now. */
  readonly idle: boolean;
  readonly request: { [K in CallRequestType]: readonly [K, VcEventMap[K]] }[CallRequestType];
}

/** The buttons of a call, in their order. */
export function callControls({ own, recording, status, expanded, canRecord }: CallState): CallControl[] {
  const device = (
    type: 'vc-microphone-request' | 'vc-camera-request' | 'vc-sound-request',
    on: boolean,
    label: string,
    icon: string,
  ): CallControl => ({ label, icon, look: on ? 'plain' : 'off', idle: false, request: [type, { on: !on }] });

  const recorded = recording?.status === 'on';
  const record: CallControl = {
    label: t(recorded ? 'stopRecording' : 'record'),
    icon: recorded ? icons.stop : icons.record,
    look: recorded ? 'recording' : 'plain',
    idle: recorded ? false : status !== 'active' || recording !== null,
    request: ['vc-recording-request', { on: !recorded }],
  };
  return [
    device(
      'vc-microphone-request',
      own.microphone,
      t(own.microphone ? 'muteMicrophone' : 'unmuteMicrophone'),
      own.microphone ? icons.mic : icons.micOff,
    ),
    device(
      'vc-camera-request',
      own.camera,
      t(own.camera ? 'cameraOff' : 'cameraOn'),
      own.camera ? video : icons.videoOff,
    ),
    device(
      'vc-sound-request',
      own.sound,
      t(own.sound ? 'muteSound' : 'unmuteSound'),
      own.sound ? icons.speaker : icons.speakerOff,
    ),
    ...(canRecord ? [record] : []),
    {
      label: t(expanded ? 'collapse' : 'expand'),
      icon: expanded ? icons.collapse : icons.expand,
      look: 'plain',
      idle: false,
      request: ['vc-expand-request', { on: !expanded }],
    },
    {
      label: t('hangUp'),
      icon: icons.hangUp,
      look: 'danger',
      idle: false,
      request: ['vc-hangup-request', {}],
    },
  ];
}
