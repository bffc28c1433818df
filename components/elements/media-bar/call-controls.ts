import type { CallState } from '../../store/call-handle.ts';
import * as icons from '../call-icons.ts';
import type { VcEventMap } from '../events.ts';
import { video } from '../icons.ts';
import { t } from '../strings/media.ts';
import type { CallRequestType } from './call-requests.ts';

type RequestType = CallRequestType | 'vc-snapshot-request' | 'vc-detach-request';
type Request = { [K in RequestType]: readonly [K, VcEventMap[K]] }[RequestType];

/** One button of the bar, as the call is now. */
export interface CallControl {
  readonly label: string;
  readonly icon: string;
  /** `off`: what it controls is off; `on`: something unusual goes on; `danger`: ends the call. */
  readonly look: 'plain' | 'off' | 'on' | 'recording' | 'danger';
  /** Shown, and can be focused, but asks for nothing now. */
  readonly idle: boolean;
  /** `settings`: shows them. */
  readonly request: Request | 'settings';
}

/** What the bar offers beside what the call says. */
export interface BarPlace {
  /** This side may keep pictures of the other one. */
  readonly snapshots: boolean;
  /** The pictures can go to a window of their own. */
  readonly canDetach: boolean;
}

/** The buttons of a call, in their order. */
export function callControls(call: CallState, { snapshots, canDetach }: BarPlace): CallControl[] {
  const { own, other, status, expanded, detached, recording, canRecord, canShareScreen } = call;
  return [
    control(
      t(own.microphone ? 'muteMicrophone' : 'unmuteMicrophone'),
      own.microphone ? icons.mic : icons.micOff,
      ['vc-microphone-request', { on: !own.microphone }],
      own.microphone ? 'plain' : 'off',
    ),
    control(
      t(own.camera ? 'cameraOff' : 'cameraOn'),
      own.camera ? video : icons.videoOff,
      ['vc-camera-request', { on: !own.camera }],
      own.camera ? 'plain' : 'off',
    ),
    control(
      t(own.sound ? 'muteSound' : 'unmuteSound'),
      own.sound ? icons.speaker : icons.speakerOff,
      ['vc-sound-request', { on: !own.sound }],
      own.sound ? 'plain' : 'off',
    ),
    ...(canShareScreen || own.screen
      ? [
          control(
            t(own.screen ? 'stopSharing' : 'shareScreen'),
            own.screen ? icons.screenOff : icons.screen,
            ['vc-screen-request', { on: !own.screen }],
            own.screen ? 'on' : 'plain',
            !own.screen && status !== 'active',
          ),
        ]
      : []),
    ...(canRecord || recording?.status === 'on' ? [recordControl(call)] : []),
    ...(snapshots
      ? [
          control(
            t('snapshot'),
            icons.snapshot,
            ['vc-snapshot-request', {}],
            'plain',
            status !== 'active' || !(other.camera || other.screen),
          ),
        ]
      : []),
    control(t(expanded ? 'collapse' : 'expand'), expanded ? icons.collapse : icons.expand, [
      'vc-expand-request',
      { on: !expanded },
    ]),
    ...(canDetach
      ? [
          control(t(detached ? 'attach' : 'detach'), detached ? icons.attach : icons.detach, [
            'vc-detach-request',
            { on: !detached },
          ]),
        ]
      : []),
    control(t('settings'), icons.settings, 'settings'),
    control(t('hangUp'), icons.hangUp, ['vc-hangup-request', {}], 'danger'),
  ];
}

const control = (
  label: string,
  icon: string,
  request: CallControl['request'],
  look: CallControl['look'] = 'plain',
  idle = false,
): CallControl => ({ label, icon, look, idle, request });

function recordControl({ recording, status }: CallState): CallControl {
  return recording?.status === 'on'
    ? control(t('stopRecording'), icons.stop, ['vc-recording-request', { on: false }], 'recording')
    : control(
        t('record'),
        icons.record,
        ['vc-recording-request', { on: true }],
        'plain',
        status !== 'active' || recording !== null,
      );
}
