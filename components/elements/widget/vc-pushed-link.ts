import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { ContactView, EventEntry } from '../../../core/protocol/server-frames.ts';
import { contactContext } from '../../store/contact-store.ts';
import { visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/links.ts';
import { t as shared } from '../strings/shared.ts';
import { lastLink } from './last-link.ts';

/** Where the link that was dealt with last is noted, for the page it leads to. */
const KEY = 'vc:link';
/** The page is taken along to what the agent showed just now, not before a connection was lost. Milliseconds. */
const FRESH = 30_000;

/**
 * The page the agent shows now, to be opened here or in a new tab; and whether the agent may take this page along, which
 * then happens by itself while the visitor looks at it. Knows links that came since this page was loaded, and no others.
 *
 * @fires vc-link-consent-request
 * @fires vc-toggle-request - There is something to see.
 */
export class VcPushedLink extends VcElement {
  static override styles = [
    controls,
    css`
      .card {
        margin: 0 16px 12px;
        padding: 14px 16px;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface);
        box-shadow: var(--_shadow-small);
      }
      .head {
        display: flex;
        align-items: start;
        justify-content: space-between;
        gap: 8px;
      }
      h2 {
        margin: 0;
        font-size: 14px;
        font-weight: 600;
      }
      .head .button {
        margin: -8px -10px -8px 0;
      }
      .address {
        display: -webkit-box;
        margin: 2px 0 0;
        overflow: hidden;
        color: var(--_muted);
        font-size: 13px;
        overflow-wrap: anywhere;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-block-start: 12px;
      }
      .actions .button {
        flex: 1 0 auto;
      }
      .actions .allow {
        flex-basis: 100%;
      }
      .follows {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
        margin: 0 16px 8px;
        color: var(--_muted);
        font-size: 13px;
      }
    `,
  ];

  /** Takes the page to an address; a test puts its own here. */
  static go: (url: string) => void = (url) => location.assign(url);

  /** Id of the entry that was dealt with. */
  @state() private done = recall();
  #entry = new Select(this, contactContext, (state) => lastLink(state.transcript.entries));
  #view = new Select(this, contactContext, (state) => state.view);
  #online = new Select(this, visitorContext, (state) => state.connection === 'online');
  #skew = new Select(this, visitorContext, (state) => state.skew);
  #shown: string | null = null;

  protected override willUpdate(): void {
    const live = this.#live();
    const view = this.#view.value;
    if (!live || view?.phase !== 'assigned') return;
    if (view.follows && this.#now() - live.entry.at < FRESH && document.visibilityState === 'visible') {
      this.#deal(live.entry);
      if (live.url !== location.href) (this.constructor as typeof VcPushedLink).go(live.url);
    } else if (this.#shown !== live.entry.id) {
      this.#shown = live.entry.id;
      request(this, 'vc-toggle-request', { open: true });
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#view.value;
    if (view?.phase !== 'assigned') return nothing;
    const name = view.agent?.name ?? shared('agent');
    const live = this.#live();
    return html`
      ${live ? this.#card(view, live, name) : nothing}
      ${
        view.follows
          ? html`<div class="follows">
              ${t('follows', { name })}
              <button class="button small outline" @click=${() => this.#consent(view, false)}>${t('stop')}</button>
            </div>`
          : nothing
      }
    `;
  }

  #card(view: ContactView, { entry, url }: { entry: EventEntry; url: string }, name: string): TemplateResult {
    const deal = () => this.#deal(entry);
    return html`
      <section class="card" aria-label=${t('suggests', { name })}>
        <div class="head">
          <h2>${t('suggests', { name })}</h2>
          <button class="button icon-button small" aria-label=${shared('dismiss')} @click=${deal}>
            ${icon(icons.close)}
          </button>
        </div>
        <p class="address">${url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}</p>
        <div class="actions">
          <a class="button primary" href=${url} @click=${deal}>${t('openHere')}</a>
          <a class="button outline" href=${url} target="_blank" rel="noopener noreferrer" @click=${deal}>
            ${t('newTab')}
          </a>
          ${
            view.follows
              ? nothing
              : html`<button class="button allow" @click=${() => this.#consent(view, true)}>${t('allow', { name })}</button>`
          }
        </div>
      </section>
    `;
  }

  /** The page to be shown, if one is: not what a former page of this visit, or a reconnection, repeats. */
  #live(): { entry: EventEntry; url: string } | null {
    const entry = this.#entry.value;
    // Before there is a connection the server's clock is not known, and what comes from the disk is no news.
    if (!entry || !this.#online.value || entry.id === this.done) return null;
    const loadedAt = this.#now() - performance.now();
    const url = webAddress(entry.text ?? '');
    return url && entry.at > loadedAt ? { entry, url } : null;
  }

  /** By the server's clock. */
  #now(): number {
    return Date.now() + (this.#skew.value ?? 0);
  }

  #deal({ id }: EventEntry): void {
    this.done = id;
    try {
      sessionStorage.setItem(KEY, id);
    } catch {
      // Storage is blocked: the time says as much.
    }
  }

  #consent({ id }: ContactView, allow: boolean): void {
    request(this, 'vc-link-consent-request', { contact: id, allow });
  }
}

function recall(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** The address when a browser may go there, whoever sent it: never a script. */
const webAddress = (address: string): string | null =>
  URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? new URL(address).href : null;

definePart('vc-pushed-link', VcPushedLink);

declare global {
  interface HTMLElementTagNameMap {
    'vc-pushed-link': VcPushedLink;
  }
}
