import type { CallHandle, CallState } from '../../../components/store/call-handle.ts';
import { createStore } from '../../../components/store/store.ts';

/** A call whose state the test decides: its verbs are only written down in `asked`. */
export interface FakeCall extends CallHandle {
  /** `verb` or `verb value`, in the order of asking. */
  readonly asked: readonly string[];
  set(change: Partial<CallState>): void;
  /** What the meter of the microphone shows. */
  hear(level: number): void;
}

const RUNNING: CallState = {
  status: 'active',
  kind: 'video',
  own: { microphone: true, camera: true, sound: true, screen: false },
  other: { microphone: true, camera: true, sound: true, screen: false },
  otherName: 'Anna Berg',
  microphoneProblem: null,
  cameraProblem: null,
  screenProblem: null,
  devices: {
    microphones: [
      { id: 'built-in', label: 'Built-in microphone' },
      { id: 'headset', label: 'Headset' },
    ],
    cameras: [
      { id: 'front', label: 'Front camera' },
      { id: 'back', label: 'Back camera' },
    ],
    speakers: [
      { id: 'built-in', label: 'Built-in speakers' },
      { id: 'headset', label: 'Headset' },
    ],
    microphone: '',
    camera: '',
    speaker: '',
    resolution: 'default',
  },
  notice: null,
  canShareScreen: true,
  canSharePage: true,
  playBlocked: false,
  activeSince: null,
  expanded: false,
  detached: false,
  quality: null,
  safety: null,
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
  const meter = createStore((_: { level: number }, level: number) => ({ level }), { level: 0 });
  const asked: string[] = [];
  return {
    store,
    meter,
    hear: meter.dispatch,
    asked,
    ownStream: streams.ownStream ?? new MediaStream(),
    otherStream: streams.otherStream ?? new MediaStream(),
    set: (change) => store.dispatch(change),
    setMicrophone: async (on) => void asked.push(`microphone ${on}`),
    setCamera: async (on) => void asked.push(`camera ${on}`),
    setSound: (on) => void asked.push(`sound ${on}`),
    setExpanded: (on) => void asked.push(`expanded ${on}`),
    setDetached: (on) => {
      asked.push(`detached ${on}`);
      store.dispatch({ detached: on });
    },
    setScreen: async (on, { pageOnly = false } = {}) =>
      void asked.push(`screen ${on}${pageOnly ? ' page' : ''}`),
    chooseDevice: async (device, id) => void asked.push(`${device} ${id}`),
    setResolution: async (resolution) => void asked.push(`resolution ${resolution}`),
    dismissNotice: () => {
      asked.push('dismissNotice');
      store.dispatch({ notice: null });
    },
    takeSnapshot: async () => {
      asked.push('takeSnapshot');
      return new Blob(['picture'], { type: 'image/png' });
    },
    setPlayBlocked: (on) => {
      asked.push(`playBlocked ${on}`);
      store.dispatch({ playBlocked: on });
    },
    startRecording: () => void asked.push('startRecording'),
    stopRecording: () => void asked.push('stopRecording'),
    hangUp: () => void asked.push('hangUp'),
  };
}
