import type { CallKind, MediaState } from '../../core/contact/model.ts';
import type { ToldCall } from '../store/call-factory.ts';
import type { CallState, CallStatus, DeviceProblem } from '../store/call-handle.ts';
import type { DeviceName } from './devices.ts';

/** The media path as this browser sees it: not there yet, carrying media, or broken after it did. */
export type Link = 'none' | 'up' | 'lost';

export interface LiveCallState extends CallState {
  readonly told: CallStatus;
  readonly link: Link;
}

export type CallAction =
  | { readonly type: 'told'; readonly view: Partial<ToldCall> }
  | { readonly type: 'link'; readonly link: Link }
  | { readonly type: 'own'; readonly own: Partial<MediaState> }
  | { readonly type: 'problem'; readonly device: DeviceName; readonly problem: DeviceProblem | null }
  | { readonly type: 'expanded'; readonly on: boolean }
  | { readonly type: 'playBlocked'; readonly on: boolean };

export function initialCallState(setting: {
  readonly kind: CallKind;
  readonly otherName: string;
  readonly canRecord: boolean;
}): LiveCallState {
  return {
    ...setting,
    status: 'waiting',
    told: 'waiting',
    link: 'none',
    own: { microphone: false, camera: false, sound: true },
    other: { microphone: false, camera: false, sound: true },
    microphoneProblem: null,
    cameraProblem: null,
    playBlocked: false,
    activeSince: null,
    expanded: false,
    recording: null,
  };
}

export function reduceCall(state: LiveCallState, action: CallAction): LiveCallState {
  switch (action.type) {
    case 'told': {
      const { status = state.told, otherMedia = state.other, ...rest } = action.view;
      return withStatus({ ...state, ...rest, told: status, other: otherMedia });
    }
    case 'link':
      return withStatus({ ...state, link: action.link });
    case 'own':
      return { ...state, own: { ...state.own, ...action.own } };
    case 'problem':
      return { ...state, [`${action.device}Problem`]: action.problem };
    case 'expanded':
      return { ...state, expanded: action.on };
    case 'playBlocked':
      return { ...state, playBlocked: action.on };
  }
}

/** The server decides whether there is a call; once there is, only the media path knows whether it carries. */
function withStatus(state: LiveCallState): LiveCallState {
  return { ...state, status: statusOf(state) };
}

function statusOf({ told, link }: LiveCallState): CallStatus {
  if (told === 'waiting' || told === 'ended') return told;
  if (link === 'up') return 'active';
  if (link === 'lost') return 'lost';
  return told === 'active' ? 'connecting' : told;
}
