import { css, html, nothing, type TemplateResult } from 'lit';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { contactContext, type VisitorCard } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { Select } from '../select.ts';
import { t as devices } from '../strings/permissions.ts';
import { t } from '../strings/tools.ts';
import { factsStyles } from './facts-styles.ts';
import { formFacts } from './form-facts.ts';
import { kindText } from './kind-text.ts';
import { pageLink } from './page-link.ts';
import { permissionText } from './permission-text.ts';
import { countryText, languageText, pageText, siteText } from './place-text.ts';
import { visitTime } from './visit-time.ts';

/**
 * All that is known of the visitor of the contact in context: what they left, where they are and were, with what, and
 * former contacts. Asks for the visitor's card when it appears.
 *
 * @fires vc-card-request
 */
export class VcVisitorFacts extends VcElement {
  static override styles = [
    factsStyles,
    css`
      :host {
        padding: 16px;
      }
    `,
  ];

  #contact = new Select(this, contactContext, ({ id }) => id);
  #view = new Select(this, contactContext, ({ view }) => view);
  #card = new Select(this, contactContext, ({ card }) => card);
  #asked: string | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Shown again, it should know what is new since.
    this.#asked = null;
  }

  protected override render() {
    const view = this.#view.value;
    if (!view) return nothing;
    const card = this.#card.value ?? null;
    return html`
      ${view.form ? formFacts(view.form) : nothing}
      ${view.rating ? this.#renderRating(view.rating) : nothing}
      <section aria-label=${t('visitor')}>
        <h3>${t('visitor')}</h3>
        <dl class="facts">${this.#renderVisitor(view, card)}</dl>
      </section>
      <section aria-label=${t('trail')}>
        <h3>${t('trail')}</h3>
        ${card ? renderTrail(card.trail) : loading()}
      </section>
      <section aria-label=${t('earlier')}>
        <h3>${t('earlier')}</h3>
        ${card ? renderEarlier(card.earlier) : loading()}
      </section>
    `;
  }

  protected override updated(): void {
    const contact = this.#contact.value ?? null;
    if (contact === null || contact === this.#asked || !this.isConnected) return;
    this.#asked = contact;
    request(this, 'vc-card-request', { contact });
  }

  #renderVisitor({ visitor, service, desk }: ContactView, card: VisitorCard | null) {
    const { page, country, language, device, isNew } = visitor;
    const from = siteText(page.referrer);
    return html`
      ${fact(t('visits'), isNew ? t('newVisitor') : t('returningVisitor'))}
      ${card ? fact(t('firstSeen'), visitTime(card.firstSeen)) : nothing}
      ${fact(t('currentPage'), html`${pageLink(page.url, page.title || pageText(page.url))}<span class="more">${pageText(page.url)}</span>`)}
      ${from ? fact(t('referrer'), pageLink(page.referrer, from)) : nothing}
      ${fact(t('service'), service.name)}
      ${country ? fact(t('country'), countryText(country)) : nothing}
      ${fact(t('language'), languageText(language))}
      ${device.browser ? fact(t('browser'), device.browser) : nothing}
      ${(['microphone', 'camera'] as const).map((device) => {
        const permission = desk?.permissions?.[device];
        return fact(devices(device), permission ? permissionText(permission) : devices('unknown'));
      })}
      ${fact(t('device'), [t(device.mobile ? 'mobile' : 'desktop'), device.system].filter(Boolean).join(', '))}
    `;
  }

  #renderRating({ score, comment }: NonNullable<ContactView['rating']>) {
    return html`
      <section aria-label=${t('rating')}>
        <h3>${t('rating')}</h3>
        <p class="quiet">${t('score', { score })}</p>
        ${comment ? html`<p class="said">${comment}</p>` : nothing}
      </section>
    `;
  }
}

const fact = (name: string, value: unknown): TemplateResult =>
  html`<dt>${name}</dt><dd dir="auto">${value}</dd>`;

const loading = () => html`<p class="quiet" role="status">${t('loading')}</p>`;

function renderTrail(trail: VisitorCard['trail']) {
  if (trail.length === 0) return html`<p class="quiet">${t('noEarlier')}</p>`;
  return html`
    <ol reversed>
      ${trail.toReversed().map(
        ({ url, title, at }) => html`
          <li>${pageLink(url, title || pageText(url))}<span class="more">${visitTime(at)} · ${pageText(url)}</span></li>
        `,
      )}
    </ol>
  `;
}

function renderEarlier(earlier: VisitorCard['earlier']) {
  if (earlier.length === 0) return html`<p class="quiet">${t('noEarlier')}</p>`;
  return html`
    <ol>
      ${earlier.map(({ service, kind, openedAt, agent, score }) => {
        const more = [
          kindText(kind),
          agent === null ? '' : t('by', { agent }),
          score === null ? '' : t('score', { score }),
        ];
        return html`
          <li>${visitTime(openedAt)} · ${service.name}<span class="more">${more.filter(Boolean).join(' · ')}</span></li>
        `;
      })}
    </ol>
  `;
}

definePart('vc-visitor-facts', VcVisitorFacts);

declare global {
  interface HTMLElementTagNameMap {
    'vc-visitor-facts': VcVisitorFacts;
  }
}
