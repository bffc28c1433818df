import type { CallKind } from '../../../core/contact/model.ts';
import { INVITATION_TEXTS as TEXTS } from '../strings/invitations.ts';
import { invitationsCss } from './invitations-styles.ts';

/** What a service invites to, as its configuration says; all conditions that are given must hold at once. */
export interface Invitation {
  readonly id: string;
  readonly text: string;
  readonly kind: 'chat' | CallKind;
  /** Seconds on this page. */
  readonly afterSeconds?: number;
  /** Of the way to the end of the page. */
  readonly scrollPercent?: number;
  /** The pointer leaves towards the address bar. */
  readonly exitIntent?: boolean;
  /** Address of the page; `*` stands for anything. */
  readonly url?: string;
}

/** Where the ids of this visit's invitations are kept, `!` after an answer: who said yes or no is asked no more. */
const key = (service: string): string => `vc:invited:${service}`;
const ANSWERED = '!';
/** How often the conditions are looked at, milliseconds. */
const EVERY = 1_000;

/**
 * Shows one invitation of the service in a bubble beside the launcher when its conditions hold: each once per visit, none
 * while the widget is open or a conversation runs, none after an answer. Stands in the shadow root of the widget, and needs
 * nothing of it but the launcher: before the first click that is all there is.
 *
 * @fires vc-open-request - On the widget, once it is there: begin a contact of this kind.
 * @fires vc-invitation-dismiss-request - On the widget.
 */
class VcInvitations extends HTMLElement {
  invitations: readonly Invitation[] = [];
  service = '';
  isLive: () => boolean = () => false;
  #depth = 0;
  #seen: string[] = [];
  #shown: Invitation | null = null;
  #disconnected = new AbortController();

  connectedCallback(): void {
    this.#disconnected = new AbortController();
    const { signal } = this.#disconnected;
    this.#seen = recall(this.service);
    const look = () => this.#look(false);
    const timer = setInterval(look, EVERY);
    signal.addEventListener('abort', () => clearInterval(timer));
    document.addEventListener('scroll', look, { passive: true, signal });
    document.documentElement.addEventListener(
      'mouseleave',
      ({ clientY }) => {
        if (clientY <= 0) this.#look(true);
      },
      { signal },
    );
    look();
  }

  disconnectedCallback(): void {
    this.#disconnected.abort();
  }

  get #widget(): HTMLElement {
    return (this.getRootNode() as ShadowRoot).host as HTMLElement;
  }

  #look(leaving: boolean): void {
    const { scrollY, innerHeight } = window;
    const depth = (scrollY / (document.documentElement.scrollHeight - innerHeight)) * 100;
    // A page without anything to scroll has no depth.
    if (depth > this.#depth) this.#depth = depth;
    const busy = this.#widget.hasAttribute('open') || this.isLive();
    if (busy) this.#hide();
    if (busy || this.#shown || document.hidden || this.#seen.includes(ANSWERED)) return;
    const found = this.invitations.find(
      (invitation) => !this.#seen.includes(invitation.id) && this.#holds(invitation, leaving),
    );
    if (found) this.#show(found);
  }

  #holds({ kind, afterSeconds, scrollPercent, exitIntent, url }: Invitation, leaving: boolean): boolean {
    return (
      (kind === 'chat' || 'RTCPeerConnection' in window) &&
      performance.now() >= (afterSeconds ?? 0) * 1_000 &&
      this.#depth >= (scrollPercent ?? 0) &&
      (leaving || !exitIntent) &&
      (url === undefined || matches(location.href, url))
    );
  }

  #show(invitation: Invitation): void {
    this.#shown = invitation;
    this.#note(invitation.id);
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(invitationsCss);
    root.adoptedStyleSheets = [sheet];
    this.setAttribute('position', this.#widget.getAttribute('position') ?? '');
    const bubble = document.createElement('section');
    bubble.ariaLabel = TEXTS.invitation;
    const text = document.createElement('p');
    text.role = 'status';
    const close = button('', () => this.#dismiss(invitation));
    close.className = 'close';
    close.ariaLabel = close.title = TEXTS.dismiss;
    bubble.append(
      text,
      button(TEXTS[invitation.kind], () => this.#accept(invitation)),
      close,
    );
    bubble.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.#dismiss(invitation);
    });
    root.replaceChildren(bubble);
    // After the region is there: then it is announced.
    text.textContent = invitation.text;
  }

  #hide(): void {
    this.#shown = null;
    this.shadowRoot?.replaceChildren();
  }

  async #accept({ kind, id: invitation }: Invitation): Promise<void> {
    this.#note(ANSWERED);
    const widget = this.#widget;
    this.#launcher?.click();
    this.#hide();
    await customElements.whenDefined('vc-widget');
    await (widget as HTMLElement & { updateComplete?: Promise<unknown> }).updateComplete;
    ask(widget, 'vc-open-request', { kind, invitation });
  }

  #dismiss({ id: invitation }: Invitation): void {
    const event = ask(this.#widget, 'vc-invitation-dismiss-request', { invitation });
    // Listeners further up may still cancel, until the microtask.
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      this.#note(ANSWERED);
      if (this.matches(':focus-within')) this.#launcher?.focus();
      this.#hide();
    });
  }

  get #launcher(): HTMLElement | null {
    return (this.getRootNode() as ShadowRoot).querySelector<HTMLElement>('.launcher');
  }

  #note(id: string): void {
    this.#seen.push(id);
    try {
      sessionStorage.setItem(key(this.service), this.#seen.join(' '));
    } catch {
      // Storage is blocked: once per page, then.
    }
  }
}

function recall(service: string): string[] {
  try {
    return sessionStorage.getItem(key(service))?.split(' ') ?? [];
  } catch {
    return [];
  }
}

/** Whether an address is one that a pattern with `*` means. */
function matches(address: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(address);
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

function ask(from: HTMLElement, type: string, detail: object): Event {
  const event = new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true });
  from.dispatchEvent(event);
  return event;
}

if (!customElements.get('vc-invitations')) customElements.define('vc-invitations', VcInvitations);
