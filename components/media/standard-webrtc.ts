/**
 * What PeerJS gets for `webrtc-adapter`: a browser that needs no help. The adapter mends browsers older than those we
 * support, and is half of what a call would load; PeerJS asks it for nothing but this name, and then looks for itself
 * whether the browser has transceivers.
 */
const standard = { browserDetails: { browser: 'standard', version: 0 } };

export { standard as default };
