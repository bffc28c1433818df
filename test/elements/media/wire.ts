/** Two connections of this page, connected as those of a call are: with a data channel from the beginning. */
export async function wire(): Promise<{ near: RTCPeerConnection; far: RTCPeerConnection; cut(): void }> {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const)
    one.addEventListener('icecandidate', ({ candidate }) => {
      // Refused where the offer that they belong to is not there yet: the first way is there all the same.
      other.addIceCandidate(candidate ?? undefined).catch(() => {});
    });
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
