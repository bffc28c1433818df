/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { statOf } from './connections.ts';
import { waitUntil } from './people.ts';

/** Resolves when the video of this role shows new pictures. */
export async function showsPictures(page: Page, role: 'remote' | 'self'): Promise<void> {
  await page.locator(`video[data-role="${role}"]`).evaluate(
    (video) =>
      new Promise<void>((resolve) => {
        const element = video as HTMLVideoElement;
        let frames = 0;
        const next = () => {
          frames += 1;
          if (frames >= 5 && element.videoWidth > 16) resolve();
          else element.requestVideoFrameCallback(next);
        };
        element.requestVideoFrameCallback(next);
      }),
  );
}

/** Resolves when the other side's voice can be heard: the fake microphone beeps once a second. */
export async function hearsVoice(page: Page): Promise<void> {
  const video = page.locator('video[data-role="remote"]');
  // Without a sound card Firefox analyses no sound, but it decodes it.
  if (page.context().browser()?.browserType().name() === 'firefox')
    return waitUntil(async () => {
      const plays = await video.evaluate((video) => {
        const { paused, muted, readyState, HAVE_CURRENT_DATA } = video as HTMLVideoElement;
        return !paused && !muted && readyState >= HAVE_CURRENT_DATA;
      });
      return plays && Number((await statOf(page, 'inbound-rtp', 'audio'))?.audioLevel) > 0.05;
    }, 'the voice is heard');
  await video.evaluate(
    (video) =>
      new Promise<void>((resolve) => {
        const element = video as HTMLVideoElement;
        const audio = new AudioContext();
        const analyser = audio.createAnalyser();
        const samples = new Float32Array(analyser.fftSize);
        let heard: MediaStreamTrack | undefined;
        const listen = () => {
          const [voice] = (element.srcObject as MediaStream | null)?.getAudioTracks() ?? [];
          if (voice && voice !== heard) {
            heard = voice;
            audio.createMediaStreamSource(new MediaStream([voice])).connect(analyser);
          }
          analyser.getFloatTimeDomainData(samples);
          const plays = !element.paused && !element.muted && element.readyState >= element.HAVE_CURRENT_DATA;
          if (!plays || !samples.some((sample) => Math.abs(sample) > 0.05))
            return requestAnimationFrame(listen);
          void audio.close();
          resolve();
        };
        listen();
      }),
  );
}

/** Whether the stage has a picture of this role at all. */
export const hasPicture = (page: Page, role: 'remote' | 'self'): Promise<boolean> =>
  page.locator(`video[data-role="${role}"]`).evaluate((video) => {
    const stream = (video as HTMLVideoElement).srcObject as MediaStream | null;
    return !!stream?.getVideoTracks().some((track) => track.readyState === 'live');
  });

/** The shape of the picture that is shown, width by height. */
export const shapeOf = (page: Page, role: 'remote' | 'self'): Promise<number> =>
  page.locator(`video[data-role="${role}"]`).evaluate((video) => {
    const { videoWidth, videoHeight } = video as HTMLVideoElement;
    return videoWidth / videoHeight;
  });
