import type { DeviceChoice, Devices } from '../store/device-handle.ts';

type Lists = Pick<Devices, 'microphones' | 'cameras' | 'speakers'>;

const NONE: Lists = { microphones: [], cameras: [], speakers: [] };

/** What is plugged in, as far as the browser tells: before any device was granted it names none. */
export async function listDevices(): Promise<Lists> {
  const all = await navigator.mediaDevices?.enumerateDevices?.().catch(() => []);
  if (!all) return NONE;
  const of = (wanted: MediaDeviceKind): DeviceChoice[] =>
    all
      .filter(({ kind, deviceId }) => kind === wanted && deviceId !== '')
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return {
    microphones: of('audioinput'),
    cameras: of('videoinput'),
    speakers: 'setSinkId' in HTMLMediaElement.prototype ? of('audiooutput') : [],
  };
}
