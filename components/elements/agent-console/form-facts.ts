import { html, nothing, type TemplateResult } from 'lit';
import type { Form } from '../../../core/protocol/schemas.ts';
import { t } from '../strings/tools.ts';
import { visitTime, zoneText } from './visit-time.ts';

/** What the visitor filled in, as fields; to be drawn with `factsStyles`. */
export function formFacts(form: Form): TemplateResult {
  const title = t(form.kind);
  return html`
    <section aria-label=${title}>
      <h3>${title}</h3>
      <dl class="facts">
        ${fact(t('name'), form.name)}
        ${form.number ? fact(t('number'), link('tel:', form.number)) : nothing}
        ${form.kind === 'lead' && form.email ? fact(t('email'), link('mailto:', form.email)) : nothing}
        ${form.kind === 'callback' ? fact(t('wishedTime'), wishedTime(form.wishedAt, form.zone)) : nothing}
        ${form.text ? fact(t('text'), html`<span class="said">${form.text}</span>`) : nothing}
      </dl>
    </section>
  `;
}

const fact = (name: string, value: unknown) => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`;

/** A number is dialled without what people put between its digits. */
const link = (scheme: 'tel:' | 'mailto:', text: string) => html`
  <a href=${scheme + (scheme === 'tel:' ? text.replace(/[^\d+*#]/g, '') : encodeURIComponent(text))}>${text}</a>
`;

/** In the agent's zone, and in the visitor's where the clocks there show another time. */
function wishedTime(at: number | null, zone: string): TemplateResult | string {
  if (at === null) return t('asSoonAsPossible');
  const [here, there] = [visitTime(at), visitTime(at, zone)];
  if (there === null || there === here) return here ?? '';
  return html`${t('yourTime', { time: here ?? '' })}<span class="more">${t('visitorTime', { time: there, zone: zoneText(zone) })}</span>`;
}
