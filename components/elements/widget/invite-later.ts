import type { Invitation } from './invitations.ts';
import { isLive } from './live-flag.ts';

const TAG = 'vc-invitations';

/**
 * When the page has nothing better to do, asks the server what the service invites to, and loads what does it only when
 * that is anything. Used by the loader before there is an element, and by the element where there was no loader.
 */
export async function inviteLater(
  widget: HTMLElement,
  server: string,
  service: string,
  load: () => Promise<unknown>,
): Promise<void> {
  if (isLive(service)) return;
  try {
    await new Promise((idle) => (window.requestIdleCallback ?? setTimeout)(idle));
    const answer = await fetch(`${server}/api/services/${encodeURIComponent(service)}/invitations`);
    const invitations: Invitation[] = answer.ok ? await answer.json() : [];
    if (!invitations.length || widget.shadowRoot?.querySelector(TAG)) return;
    await load();
    const element = Object.assign(document.createElement(TAG), {
      invitations,
      service,
      isLive: () => isLive(service),
    });
    widget.shadowRoot?.append(element);
  } catch {
    // Nobody waits for an invitation.
  }
}
