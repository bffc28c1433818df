/**
 * What PeerJS gets for `peerjs-js-binarypack`, which packs values for its own data connections: a call has none of them,
 * its channels are its own.
 */
const none = (): never => {
  throw new Error('Cannot pack data for PeerJS: calls use channels of their own');
};

export { none as pack, none as unpack };
