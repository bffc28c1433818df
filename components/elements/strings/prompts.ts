import { translator } from './index.ts';

/** What asks a person for an answer before or during a call. */
export const t = translator({
  videoCallRequest: 'Video call request',
  voiceCallRequest: 'Voice call request',
  accept: 'Accept',
  acceptWithVideo: 'Accept with video',
  voiceOnly: 'Voice only',
  decline: 'Decline',
  checkFirst: 'Check my devices first',

  asksVideo: '{name} would like to see you. You decide whether your camera is on.',
  asksVoice: '{name} would like to talk to you.',
  willRecord: 'The call will be recorded.',
  recordingRequest: 'Recording request',
  asksRecording: '{name} would like to record this call. Nothing is kept unless you allow it.',
  allowRecording: 'Allow recording',
});
