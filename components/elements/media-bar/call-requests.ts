import type { CallHandle } from '../../store/call-handle.ts';
import { unlessCancelled, type VcEvent, type VcEventMap } from '../events.ts';

/** The requests a call handle answers by itself. */
export type CallRequestType =
  | 'vc-microphone-request'
  | 'vc-camera-request'
  | 'vc-sound-request'
  | 'vc-screen-request'
  | 'vc-expand-request'
  | 'vc-recording-request'
  | 'vc-hangup-request';

type Verbs = { readonly [K in CallRequestType]: (call: CallHandle, detail: VcEventMap[K]) => unknown };

const VERBS: Verbs = {
  'vc-microphone-request': (call, { on }) => call.setMicrophone(on),
  'vc-camera-request': (call, { on }) => call.setCamera(on),
  'vc-sound-request': (call, { on }) => call.setSound(on),
  'vc-screen-request': (call, { on, ...options }) => call.setScreen(on, options),
  'vc-expand-request': (call, { on }) => call.setExpanded(on),
  'vc-recording-request': (call, { on }) => (on ? call.startRecording() : call.stopRecording()),
  'vc-hangup-request': (call) => call.hangUp(),
};

export const CALL_REQUESTS = Object.keys(VERBS) as readonly CallRequestType[];

/** A bar with a call of its own may stand inside an element with another: the first one on the way up answers. */
const answered = new WeakSet<Event>();

/**
 * Carries the media requests that reach `host` out on the call `handle` gives at that time, unless anyone along the
 * whole way up cancelled them.
 */
export function connectCallRequests(
  host: EventTarget,
  handle: () => CallHandle | null,
  signal: AbortSignal,
): void {
  const connect = <K extends CallRequestType>(type: K): void => {
    const answer = (event: Event) => {
      const call = handle();
      if (!call || answered.has(event)) return;
      answered.add(event);
      unlessCancelled(event, () => VERBS[type](call, (event as VcEvent<K>).detail));
    };
    host.addEventListener(type, answer, { signal });
  };
  for (const type of CALL_REQUESTS) connect(type);
}
