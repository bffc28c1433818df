import { translator } from './index.ts';

/** The call: controls, stage, and what to do when a device gives nothing. */
export const t = translator({
  call: 'Call',
  callControls: 'Call controls',
  muteMicrophone: 'Mute microphone',
  unmuteMicrophone: 'Unmute microphone',
  cameraOff: 'Turn camera off',
  cameraOn: 'Turn camera on',
  muteSound: 'Mute sound',
  unmuteSound: 'Unmute sound',
  record: 'Record',
  stopRecording: 'Stop recording',
  shareScreen: 'Share screen',
  stopSharing: 'Stop sharing',
  snapshot: 'Take snapshot',
  settings: 'Settings',
  settingsFailed: 'The settings could not be loaded. Close them and try again.',
  detach: 'Detach video',
  attach: 'Return video',
  expand: 'Expand',
  collapse: 'Collapse',
  hangUp: 'Hang up',
  play: 'Play',

  waitingFor: 'Waiting for {name} to answer…',
  waiting: 'Waiting for an answer…',
  connecting: 'Connecting…',
  lost: 'Connection lost, trying again',
  duration: 'Call time',
  recording: 'Recording',
  recorded: 'This call is being recorded.',
  willRecord: 'The call will be recorded.',
  askingFor: 'Waiting for {name} to allow the recording…',

  detached: 'The call is in a window of its own.',
  snapshotName: 'Snapshot {name} {time}.png',
  newest: 'Newest message',

  ownPicture: 'Your picture, {corner}. Move it with the arrow keys.',
  topLeft: 'top left',
  topRight: 'top right',
  bottomLeft: 'bottom left',
  bottomRight: 'bottom right',

  otherHolds: 'On hold',
  otherMuted: 'Microphone off',
  otherDeaf: 'Cannot hear you: sound off',

  deviceTrouble: 'Something is wrong with a device.',
});
