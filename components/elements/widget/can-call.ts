/** Whether this browser can take part in a call at all, in this page. */
export const canCall = (): boolean =>
  typeof RTCPeerConnection !== 'undefined' && Boolean(navigator.mediaDevices?.getUserMedia);
