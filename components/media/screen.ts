import type { DeviceProblem } from '../store/device-handle.ts';
import { fetchCode } from '../store/fetch-code.ts';
import { problemOf } from './devices.ts';

export interface OpenScreen {
  readonly track: MediaStreamTrack;
  /** Ends it and gives the page back its look. */
  close(): void;
}

export const canShareScreen = (): boolean => !!navigator.mediaDevices?.getDisplayMedia;

/** Capturing one element leaves out what lies above it. Only some browsers can, and only for their own tab. */
export const canSharePage = (): boolean =>
  canShareScreen() && 'RestrictionTarget' in globalThis && 'popover' in HTMLElement.prototype;

/**
 * Lets the user choose what to share, or with `pageOnly` asks for this page. Must begin in a click. Never rejects.
 * @see https://www.w3.org/TR/screen-capture/
 */
export async function openScreen(
  pageOnly: boolean,
  signal: AbortSignal,
): Promise<OpenScreen | DeviceProblem> {
  if (!globalThis.isSecureContext) return 'insecure';
  if (pageOnly ? !canSharePage() : !canShareScreen()) return 'unsupported';
  try {
    const options = { video: true, audio: false, ...(pageOnly ? THIS_PAGE : ANYTHING) };
    const stream = await navigator.mediaDevices.getDisplayMedia(options);
    const [track] = stream.getVideoTracks();
    if (!track) return 'missing';
    const close = () => track.stop();
    if (signal.aborted) {
      close();
      return 'denied';
    }
    // Letters matter more than movement.
    track.contentHint = 'detail';
    return pageOnly ? await restrict(track) : { track, close };
  } catch (error) {
    return problemOf(error);
  }
}

/** @see https://w3c.github.io/mediacapture-screen-share-extensions/ */
const ANYTHING = { surfaceSwitching: 'include' };
const THIS_PAGE = { preferCurrentTab: true, selfBrowserSurface: 'include', surfaceSwitching: 'exclude' };

async function restrict(track: MediaStreamTrack): Promise<OpenScreen | DeviceProblem> {
  const { clearPage } = await fetchCode(() => import('./clear-page.ts'));
  const restore = clearPage();
  const close = () => {
    track.stop();
    restore();
  };
  try {
    const { RestrictionTarget } = globalThis as unknown as Restricting;
    const target = await RestrictionTarget.fromElement(document.body);
    await (track as unknown as Restrictable).restrictTo(target);
    return { track, close };
  } catch {
    // Another tab was chosen than this one.
    close();
    return 'unsupported';
  }
}

interface Restricting {
  readonly RestrictionTarget: { fromElement(element: Element): Promise<object> };
}
interface Restrictable {
  restrictTo(target: object | null): Promise<void>;
}
