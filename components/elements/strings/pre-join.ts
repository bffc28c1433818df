import { translator } from './index.ts';

/** Looking at one's devices before a call. */
export const t = translator({
  title: 'Ready to talk?',
  deskTitle: 'Devices and connection',
  back: 'Back',
  done: 'Done',
  join: 'Join now',
  joinMuted: 'Nobody will hear you until you have a microphone.',
  opening: 'Opening your devices…',
  allow: 'Your browser asks whether this page may use them: choose “Allow”.',
  failed: 'This could not be loaded. Check the connection and try again.',
  tryAgain: 'Try again',
  yourPicture: 'Your picture, as the other side sees it mirrored',
  cameraOff: 'Your camera is off',
  noCamera: 'No picture',
  checkConnection: 'Check the connection',
  connection: 'Connection',

  whileWaiting: 'Check my camera and microphone',
  whileWaitingVoice: 'Check my microphone',
  ready: 'You are ready. The call starts as soon as somebody answers.',
});
