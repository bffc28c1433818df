/**
 * The element classes and what their properties and events carry. Registers none of them: `define/vc-widget` and its
 * neighbours do, or the page itself, under a name of its own.
 */
export { VcAgentConsole } from './elements/agent-console/vc-agent-console.ts';
export type { VcEvent, VcEventMap } from './elements/events.ts';
export { VcMediaBar } from './elements/media-bar/vc-media-bar.ts';
export { VcWidget } from './elements/widget/vc-widget.ts';
export type { CallHandle, CallQuality, CallState, CallStatus } from './store/call-handle.ts';
export type {
  DeviceChoice,
  DeviceHandle,
  DeviceKind,
  DeviceNotice,
  DeviceProblem,
  DeviceState,
  Devices,
  Resolution,
} from './store/device-handle.ts';
export type { ReadableStore } from './store/store.ts';
