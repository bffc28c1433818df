import { translator } from './index.ts';

/** What the visitor's browser lets us do with their devices, for the agent. */
export const t = translator({
  granted: 'allowed',
  prompt: 'asked when a call begins',
  denied: 'blocked',
  missing: 'none there',
  unsupported: 'not possible in this browser',
  unknown: 'not known yet',
  microphone: 'Microphone',
  camera: 'Camera',

  'microphone.denied':
    'The visitor’s microphone is blocked: they hear you and can write. They see how to allow it.',
  'microphone.missing': 'The visitor has no microphone: they hear you and can write.',
  'microphone.unsupported': 'The visitor’s browser cannot use a microphone here: they can write.',
  'camera.denied': 'The visitor’s camera is blocked: they are heard. They see how to allow it.',
  'camera.missing': 'The visitor has no camera: they are heard.',
  'camera.unsupported': 'The visitor’s browser cannot use a camera here: they are heard.',
});
