import { ContextEvent } from '@lit/context';
import { CALL_REQUESTS } from '../media-bar/call-requests.ts';
import './vc-call-window.ts';

/** https://wicg.github.io/document-picture-in-picture/ */
interface DocumentPictureInPicture {
  requestWindow(options: { readonly width: number; readonly height: number }): Promise<Window>;
}

/** What may be asked for in the call's own window. */
const REQUESTS = [
  ...CALL_REQUESTS,
  'vc-snapshot-request',
  'vc-detach-request',
  'vc-message-request',
  'vc-draft-request',
  'vc-take-request',
] as const;

/** What a page sets of the theme. */
const THEME = ['accent', 'on-accent', 'accent-text', 'font', 'radius'].map((name) => `--vc-${name}`);

/**
 * Opens a window for the call of `area`, with `beside` in it, above all others. What is in there finds its stores and is
 * heard as if it stood in `area`. It closes with `open`, which is aborted when the person closes it. Must begin in a click.
 * @throws {DOMException} when the browser does not allow it
 */
export async function openCallWindow(
  area: HTMLElement,
  beside: HTMLElement | null,
  open: AbortController,
): Promise<void> {
  const { documentPictureInPicture } = window as unknown as {
    readonly documentPictureInPicture: DocumentPictureInPicture;
  };
  const view = await documentPictureInPicture.requestWindow({ width: 400, height: 480 });
  const close = () => view.close();
  if (open.signal.aborted) return close();
  open.signal.addEventListener('abort', close);
  view.addEventListener('pagehide', () => open.abort());

  const { body, documentElement } = view.document;
  documentElement.lang = document.documentElement.lang;
  view.document.title = document.title;
  body.style.setProperty('margin', '0');
  const given = getComputedStyle(area);
  for (const name of THEME) body.style.setProperty(name, given.getPropertyValue(name));

  body.addEventListener('context-request', ({ context, contextTarget, callback, subscribe }) => {
    area.dispatchEvent(new ContextEvent(context, contextTarget, callback, subscribe));
  });
  for (const type of REQUESTS)
    body.addEventListener(type, (event: CustomEvent) => {
      const { detail } = event;
      const again = new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true });
      if (!area.dispatchEvent(again)) event.preventDefault();
    });
  const content = document.createElement('vc-call-window');
  if (beside) content.append(beside);
  body.append(content);
}
