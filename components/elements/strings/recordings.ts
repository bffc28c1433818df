import { translator } from './index.ts';

/** What agents read of the recordings on their device. */
export const t = translator({
  recordings: 'Recordings',
  running: 'Recording…',
  unfinished: 'A recording was interrupted',
  finishing: 'Preparing the file…',
  sending: 'Uploading',
  waiting: 'Waiting for the server',
  kept: 'Kept with the contact',
  local: 'On this device only',
  notSent: 'Not uploaded',
  failed: 'Could not be finished',
  percentOf: '{percent} % of {size}',
  uploadOf: 'Upload of the recording with {name}',

  roomMinutes: 'This device has room for about {count} more minutes.',
  roomMinute: 'This device has room for about one more minute.',
  roomSeconds: 'This device has hardly any room left: the recording ends soon, and all of it is kept.',

  save: 'Save',
  saveRecording: 'Save recording with {name}',
  asWebm: 'Save as WebM',
  asMp4: 'Save as MP4',
  noMp4: 'MP4 is not possible: this browser records VP8, which MP4 players do not know.',
  recover: 'Recover',
  recoverRecording: 'Recover recording with {name}',
  upload: 'Upload',
  uploadRecording: 'Upload recording with {name}',
  stopUpload: 'Do not upload recording with {name}',
  dismissRecording: 'Dismiss recording with {name}',
  discardRecording: 'Discard recording with {name}',
  discardQuestion: 'Discard recording?',
  discardMeans: 'The recording with {name} is deleted from this device.',
  discard: 'Discard',
  cancel: 'Cancel',
});
