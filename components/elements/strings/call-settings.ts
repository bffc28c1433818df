import { translator } from './index.ts';

/** The settings of a call. */
export const t = translator({
  microphone: 'Microphone',
  speaker: 'Speaker',
  camera: 'Camera',
  resolution: 'Resolution',
  standard: 'Standard device',
  numbered: 'Device {number}',
  none: 'None found',
  level: 'Microphone level',
  muted: 'Your microphone is off.',
  test: 'Play test sound',
  speakerFixed: 'This browser plays on the device that the system uses.',
  preview: 'Your camera',
  cameraOff: 'Your camera is off.',
  default: 'As the camera gives it',
  high: 'High (720p)',
  low: 'Low (360p)',
  sharePage: 'Share only this page',
});
