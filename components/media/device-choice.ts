import type { Devices, Resolution } from '../store/device-handle.ts';

/** Which devices were chosen on this computer, in this call or an earlier one. */
export type DeviceChoices = Pick<Devices, 'microphone' | 'camera' | 'speaker' | 'resolution'>;

const KEY = 'vicino-devices';
const RESOLUTIONS: readonly Resolution[] = ['default', 'high', 'low'];

export function keptChoices(): DeviceChoices {
  const kept = read();
  const id = (name: string) => (typeof kept[name] === 'string' ? kept[name] : '');
  return {
    microphone: id('microphone'),
    camera: id('camera'),
    speaker: id('speaker'),
    resolution: RESOLUTIONS.find((name) => name === kept.resolution) ?? 'default',
  };
}

export function keepChoices(choices: DeviceChoices): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choices));
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

function read(): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {};
  } catch {
    return {};
  }
}
