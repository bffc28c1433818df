/// <reference lib="dom" />
import { DirectFiles } from '../../components/media/direct-files.ts';
import { wire } from '../elements/media/wire.ts';

const CHUNK = 64 * 1024;
const FEW = 8 * CHUNK;
const MOST = 16 * CHUNK;

export interface Transfer {
  readonly megabytesPerSecond: number;
  /** Milliseconds of the longest task on the page's main thread. */
  readonly longestTask: number;
}

/** Bytes that compress badly, from a megabyte of them: a file is read from the disk or the memory of the browser. */
function someFile(megabytes: number): File {
  const part = crypto.getRandomValues(new Uint8Array(65_536));
  const parts = Array.from({ length: megabytes * 16 }, () => part);
  return new File(parts, 'film.mp4', { type: 'video/mp4' });
}

async function openChannels(): Promise<[RTCDataChannel, RTCDataChannel]> {
  const { near, far } = await wire();
  const channels = [near, far].map((one) => one.createDataChannel('files', { negotiated: true, id: 1001 }));
  await Promise.all(
    channels.map((channel) => new Promise((resolve) => channel.addEventListener('open', resolve))),
  );
  return channels as [RTCDataChannel, RTCDataChannel];
}

/** As the product sends: read, hashed, checked, put together. Both ends are this page. */
async function sendDirectly(file: File): Promise<void> {
  const [near, far] = await openChannels();
  const nobody = { takesFile: () => true, onFileProgress() {}, onFileGone() {}, async onFile() {} };
  const [sender, receiver] = [new DirectFiles(nobody), new DirectFiles(nobody)];
  sender.attach(near);
  receiver.attach(far);
  sender.begin();
  const { signal } = new AbortController();
  await sender.send({ id: 'f1', mime: file.type, file, onProgress() {}, signal });
}

/** The least that brings as many bytes to the other end: nothing is read, hashed or kept. */
async function sendBare(file: File): Promise<void> {
  const [near, far] = await openChannels();
  near.bufferedAmountLowThreshold = FEW;
  const all = new Promise<void>((resolve) => {
    let bytes = 0;
    far.binaryType = 'arraybuffer';
    far.addEventListener('message', ({ data }) => {
      bytes += data.byteLength;
      if (bytes >= file.size) resolve();
    });
  });
  const chunk = new Uint8Array(CHUNK);
  for (let at = 0; at < file.size; at += CHUNK) {
    if (near.bufferedAmount > MOST)
      await new Promise((resolve) => near.addEventListener('bufferedamountlow', resolve, { once: true }));
    near.send(chunk);
  }
  await all;
}

export async function transfer(how: 'direct' | 'bare', megabytes: number): Promise<Transfer> {
  const file = someFile(megabytes);
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  observer.observe({ type: 'longtask' });
  const began = performance.now();
  await (how === 'direct' ? sendDirectly(file) : sendBare(file));
  const seconds = (performance.now() - began) / 1000;
  // Observers are told a task later.
  await new Promise((resolve) => setTimeout(resolve));
  for (const { duration } of observer.takeRecords()) longestTask = Math.max(longestTask, duration);
  observer.disconnect();
  return { megabytesPerSecond: file.size / 1e6 / seconds, longestTask };
}

Object.assign(globalThis, { transfer });
