import { css, html, nothing } from 'lit';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { pageLink } from './page-link.ts';
import { countryText, languageText, pageText, siteText } from './place-text.ts';

/** One line about the visitor of the contact in context: who, with what, and where on the site they are now. */
export class VcVisitorCard extends VcElement {
  static override styles = css`
    dl {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 14px;
      margin: 0;
      color: var(--_muted);
      font-size: 13px;
    }
    div {
      min-inline-size: 0;
      max-inline-size: 100%;
    }
    dd {
      margin: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .page {
      flex: 0 1 auto;
      max-inline-size: min(100%, 448px);
    }
    @container (width < 576px) {
      dl {
        flex-wrap: nowrap;
        overflow-x: auto;
        scrollbar-width: none;
        white-space: nowrap;
      }
      div {
        flex: none;
      }
      .page {
        flex: none;
        max-inline-size: 200px;
      }
    }
    .new {
      color: var(--_accent-text);
      font-weight: 550;
    }
    a {
      color: inherit;
      text-decoration-color: var(--_line-strong);
      text-underline-offset: 3px;
    }
    a:hover {
      color: var(--_text);
    }
    a:focus-visible {
      border-radius: 4px;
      outline: 2px solid var(--_focus);
      outline-offset: -2px;
    }
  `;

  #view = new Select(this, contactContext, ({ view }) => view);

  protected override render() {
    const view = this.#view.value;
    if (!view) return nothing;
    const { language, country, page, device, isNew } = view.visitor;
    const from = siteText(page.referrer);
    const system = [device.browser, device.system, device.mobile ? t('mobile') : '']
      .filter(Boolean)
      .join(', ');
    return html`
      <dl aria-label=${t('visitorFacts')}>
        ${fact(t('visitorKind'), isNew ? t('newVisitor') : t('returningVisitor'), isNew ? 'new' : '')}
        ${fact(t('page'), pageLink(page.url, page.title || pageText(page.url)), 'page')}
        ${from ? fact(t('referrer'), pageLink(page.referrer, t('cameFrom', { site: from }))) : nothing}
        ${fact(t('service'), view.service.name)}
        ${fact(t('language'), languageText(language))}
        ${country ? fact(t('country'), countryText(country)) : nothing}
        ${system ? fact(t('browser'), system) : nothing}
      </dl>
    `;
  }
}

const fact = (name: string, value: unknown, kind = '') => html`
  <div class=${kind}><dt class="visually-hidden">${name}</dt><dd>${value}</dd></div>
`;

definePart('vc-visitor-card', VcVisitorCard);

declare global {
  interface HTMLElementTagNameMap {
    'vc-visitor-card': VcVisitorCard;
  }
}
