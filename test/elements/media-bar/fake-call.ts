import type { CallHandle, CallState } from '../../../components/store/call-handle.ts';
import { createStore } from '../../../components/store/store.ts';

/** A call whose state the test decides: its verbs are only written down in `asked`. */
export interface FakeCall extends CallHandle {
  /** `verb` or `verb value`, in the order of asking. */
  readonly asked: readonly string[];
  set(change: Partial<CallState>): void;
}

const RUNNING: CallState = {
  status: 'active',
  kind: 'video',
  own: { microphone: true, camera: true, sound: true },
  other: { microphone: true, camera: true, sound: true },
  otherName: 'Anna Berg',
  microphoneProblem: null,
  cameraProblem: null,
  playBlocked: false,
  activeSince: null,
  expanded: false,
  recording: null,
  canRecord: false,
};

export interface FakeStreams {
  readonly ownStream?: MediaStream;
  readonly otherStream?: MediaStream;
}

export function fakeCall(state: Partial<CallState> = {}, streams: FakeStreams = {}): FakeCall {
  const store = createStore((now: CallState, change: Partial<CallState>) => ({ ...now, ...change }), {
    ...RUNNING,
    ...state,
  });
  const asked: string[] = [];
  return {
    store,
    asked,
    ownStream: streams.ownStream ?? new MediaStream(),
    otherStream: streams.otherStream ?? new MediaStream(),
    set: (change) => store.dispatch(change),
    setMicrophone: async (on) => void asked.push(`microphone ${on}`),
    setCamera: async (on) => void asked.push(`camera ${on}`),
    setSound: (on) => void asked.push(`sound ${on}`),
    setExpanded: (on) => void asked.push(`expanded ${on}`),
    setPlayBlocked: (on) => {
      asked.push(`playBlocked ${on}`);
      store.dispatch({ playBlocked: on });
    },
    startRecording: () => void asked.push('startRecording'),
    stopRecording: () => void asked.push('stopRecording'),
    hangUp: () => void asked.push('hangUp'),
  };
}
