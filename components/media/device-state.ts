import type { MediaState } from '../../core/contact/model.ts';
import type { DeviceNotice, DeviceProblem, DeviceState, Devices } from '../store/device-handle.ts';
import type { DeviceName } from './devices.ts';

export type DeviceAction =
  | { readonly type: 'own'; readonly own: Partial<MediaState> }
  | {
      readonly type: 'problem';
      readonly device: DeviceName | 'screen';
      readonly problem: DeviceProblem | null;
    }
  | { readonly type: 'devices'; readonly devices: Partial<Devices> }
  | { readonly type: 'notice'; readonly notice: DeviceNotice | null };

export const initialDeviceState: DeviceState = {
  own: { microphone: false, camera: false, sound: true, screen: false },
  microphoneProblem: null,
  cameraProblem: null,
  devices: {
    microphones: [],
    cameras: [],
    speakers: [],
    microphone: '',
    camera: '',
    speaker: '',
    resolution: 'default',
  },
  notice: null,
};

export function reduceDevices<S extends DeviceState>(state: S, action: DeviceAction): S {
  switch (action.type) {
    case 'own':
      return { ...state, own: { ...state.own, ...action.own } };
    case 'problem':
      return { ...state, [`${action.device}Problem`]: action.problem };
    case 'devices':
      return { ...state, devices: { ...state.devices, ...action.devices } };
    case 'notice':
      return { ...state, notice: action.notice };
  }
}
