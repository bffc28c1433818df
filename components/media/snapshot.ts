/** The next picture of `stream` as a PNG in its own size. @throws {Error} when there is none. */
export async function takeSnapshot(stream: MediaStream): Promise<Blob> {
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error('Cannot take a snapshot: the other side shows no picture');
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  try {
    const pictured = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    await video.play();
    await pictured;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) =>
        blob ? resolve(blob) : reject(new Error('Cannot take a snapshot: it is empty')),
      ),
    );
  } finally {
    video.srcObject = null;
  }
}
