/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { waitUntil } from './people.ts';

/** Milliseconds until the page is asked anew: a stage that was drawn again has another element. */
const ROUND = 2_500;

/** Resolves when the video of this role shows new pictures. */
export const showsPictures = (page: Page, role: 'remote' | 'self'): Promise<void> =>
  waitUntil(
    () =>
      page.locator(`video[data-role="${role}"]`).evaluate(
        (video, round) =>
          new Promise<boolean>((resolve) => {
            const element = video as HTMLVideoElement;
            let frames = 0;
            const next = () => {
              frames += 1;
              if (frames >= 5 && element.videoWidth > 16) resolve(true);
              else element.requestVideoFrameCallback(next);
            };
            element.requestVideoFrameCallback(next);
            setTimeout(resolve, round, false);
          }),
        ROUND,
      ),
    `${role} pictures are shown`,
  );

/** Resolves when the other side's voice can be heard: Chromium's fake microphone beeps once a second. */
export function hearsVoice(page: Page): Promise<void> {
  const video = page.locator('video[data-role="remote"]');
  const sounds = () =>
    video.evaluate(
      (video, round) =>
        new Promise<boolean>((resolve) => {
          const element = video as HTMLVideoElement;
          const audio = new AudioContext();
          const analyser = audio.createAnalyser();
          const samples = new Float32Array(analyser.fftSize);
          const end = performance.now() + round;
          let heard: MediaStreamTrack | undefined;
          const listen = () => {
            const [voice] = (element.srcObject as MediaStream | null)?.getAudioTracks() ?? [];
            if (voice && voice !== heard) {
              heard = voice;
              audio.createMediaStreamSource(new MediaStream([voice])).connect(analyser);
            }
            analyser.getFloatTimeDomainData(samples);
            const plays =
              !element.paused && !element.muted && element.readyState >= element.HAVE_CURRENT_DATA;
            const loud = plays && samples.some((sample) => Math.abs(sample) > 0.05);
            if (!loud && performance.now() < end) return requestAnimationFrame(listen);
            void audio.close();
            resolve(loud);
          };
          listen();
        }),
      ROUND,
    );
  return waitUntil(sounds, 'the voice is heard');
}

/** Resolves when this is the loudest tone that comes from the other side, in hertz. */
export const hearsTone = (page: Page, tone: number): Promise<void> =>
  waitUntil(
    () =>
      page.locator('video[data-role="remote"]').evaluate(async (video, tone) => {
        const [voice] = ((video as HTMLVideoElement).srcObject as MediaStream).getAudioTracks();
        if (!voice) return false;
        const audio = new AudioContext();
        const analyser = new AnalyserNode(audio, { fftSize: 4096 });
        audio.createMediaStreamSource(new MediaStream([voice])).connect(analyser);
        await new Promise((resolve) => setTimeout(resolve, 500));
        const loudness = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(loudness);
        const width = audio.sampleRate / analyser.fftSize;
        await audio.close();
        const loudest = Math.max(...loudness);
        return loudest > -60 && Math.abs(loudness.indexOf(loudest) * width - tone) < 2 * width;
      }, tone),
    `${tone} Hz are heard`,
  );

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
