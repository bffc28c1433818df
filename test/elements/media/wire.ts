/** Two connections of this page, connected as those of a call are: with a data channel from the beginning. */
export async function wire(): Promise<{ near: RTCPeerConnection; far: RTCPeerConnection; cut(): void }> {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  near.addEventListener('icecandidate', ({ candidate }) => far.addIceCandidate(candidate ?? undefined));
  far.addEventListener('icecandidate', ({ candidate }) => near.addIceCandidate(candidate ?? undefined));
  for (const one of [near, far]) one.createDataChannel('control', { negotiated: true, id: 1000 });
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription as RTCSessionDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription as RTCSessionDescription);
  return {
    near,
    far,
    cut() {
      near.close();
      far.close();
    },
  };
}
