import type { ContactSettings } from '../../core/contact/model.ts';

export type Ceiling = ContactSettings['bitrate'];

/** Bits per second; both together stay under 300 and 500 kb/s. */
const MOST: Record<Ceiling, { audio?: number; video?: number }> = {
  low: { audio: 32_000, video: 260_000 },
  high: { audio: 40_000, video: 455_000 },
  free: {},
};

/** Bounds what a connection sends. A screen keeps its sharpness when it must give something up, a face its movement. */
export async function limitSenders(
  connection: RTCPeerConnection,
  ceiling: Ceiling,
  isScreen: boolean,
): Promise<void> {
  await Promise.all(
    connection.getTransceivers().map(async ({ sender, receiver }) => {
      const { kind } = receiver.track;
      const parameters: RTCRtpSendParameters = sender.getParameters();
      const most = MOST[ceiling][kind as 'audio' | 'video'];
      for (const encoding of parameters.encodings) {
        if (most === undefined) delete encoding.maxBitrate;
        else encoding.maxBitrate = most;
      }
      if (kind === 'video') parameters.degradationPreference = isScreen ? 'maintain-resolution' : 'balanced';
      // Refused by a browser that knows less, or the connection is closed.
      await sender.setParameters(parameters).catch(() => {});
    }),
  );
}
