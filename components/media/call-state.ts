import type { CallKind } from '../../core/contact/model.ts';
import type { ToldCall } from '../store/call-factory.ts';
import type { CallQuality, CallState, CallStatus } from '../store/call-handle.ts';
import { type DeviceAction, initialDeviceState, reduceDevices } from './device-state.ts';
import { canSharePage, canShareScreen } from './screen.ts';

/** The media path as this browser sees it: not there yet, carrying media, or broken after it did. */
export type Link = 'none' | 'up' | 'lost';

export interface LiveCallState extends CallState {
  readonly told: CallStatus;
  readonly link: Link;
}

export type CallAction =
  | { readonly type: 'told'; readonly view: Partial<ToldCall> }
  | { readonly type: 'link'; readonly link: Link }
  | DeviceAction
  | { readonly type: 'quality'; readonly quality: CallQuality }
  | { readonly type: 'safety'; readonly words: readonly string[] | null }
  | { readonly type: 'expanded'; readonly on: boolean }
  | { readonly type: 'detached'; readonly on: boolean }
  | { readonly type: 'playBlocked'; readonly on: boolean };

export function initialCallState(setting: {
  readonly kind: CallKind;
  readonly otherName: string;
  readonly canRecord: boolean;
}): LiveCallState {
  return {
    ...initialDeviceState,
    ...setting,
    status: 'waiting',
    told: 'waiting',
    link: 'none',
    other: { microphone: false, camera: false, sound: true, screen: false },
    screenProblem: null,
    canShareScreen: canShareScreen(),
    canSharePage: canSharePage(),
    playBlocked: false,
    activeSince: null,
    expanded: false,
    detached: false,
    quality: null,
    safety: null,
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
      return withStatus({
        ...state,
        link: action.link,
        quality: action.link === 'up' ? state.quality : null,
      });
    case 'quality':
      return { ...state, quality: action.quality };
    case 'safety':
      return { ...state, safety: action.words };
    case 'expanded':
      return { ...state, expanded: action.on };
    case 'detached':
      return { ...state, detached: action.on };
    case 'playBlocked':
      return { ...state, playBlocked: action.on };
    default:
      return reduceDevices(state, action);
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
