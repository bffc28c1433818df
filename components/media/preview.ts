import type { CallFactory } from '../store/call-factory.ts';
import type { DeviceState } from '../store/device-handle.ts';
import { createStore } from '../store/store.ts';
import { initialDeviceState, reduceDevices } from './device-state.ts';
import { OwnDevices } from './own-devices.ts';

/** The devices before a call. */
export const createPreview: CallFactory['createPreview'] = ({ camera }) => {
  const closing = new AbortController();
  const { signal } = closing;
  const store = createStore(reduceDevices<DeviceState>, initialDeviceState);
  const own = new OwnDevices({ store, send: () => undefined, onChange() {}, signal });
  addEventListener('pagehide', () => closing.abort(), { signal });
  void own.open(camera ? ['microphone', 'camera'] : ['microphone']);
  return {
    store,
    ownStream: own.stream,
    meter: own.meter,
    setMicrophone: (on) => own.setMicrophone(on),
    setCamera: (on) => own.setCamera(on),
    chooseDevice: (device, id) => own.chooseDevice(device, id),
    setResolution: (resolution) => own.setResolution(resolution),
    dismissNotice: () => store.dispatch({ type: 'notice', notice: null }),
    close: () => closing.abort(),
  };
};
