import { html, type TemplateResult } from 'lit';
import { MAX_MESSAGE_TEXT, MAX_NAME } from '../../../core/protocol/limits.ts';
import type { Form } from '../../../core/protocol/schemas.ts';
import { definePart } from '../define-part.ts';
import { t } from '../strings/forms.ts';
import { WordForm } from './word-form.ts';

/** A message for later, with a way to answer it: mail or phone. */
export class VcLeadForm extends WordForm {
  protected override get words() {
    return [t('leadTitle'), t('leadText'), t('sendLead')] as const;
  }

  protected override fields(): TemplateResult {
    return html`
      ${this.textarea(t('message'), MAX_MESSAGE_TEXT)}
      ${this.input('email', t('email'), { type: 'email', autocomplete: 'email', maxLength: 254 })}
      ${this.input('number', t('number'), { type: 'tel', autocomplete: 'tel', maxLength: 40 })}
      ${this.input('name', t('optional', { label: t('name') }), { type: 'text', autocomplete: 'name', maxLength: MAX_NAME })}
    `;
  }

  protected override lacks() {
    if (!this.value('text')) return { field: 'text', message: t('textMissing') } as const;
    const reachable = this.value('email') || this.value('number');
    return reachable ? null : ({ field: 'email', message: t('addressMissing') } as const);
  }

  protected override filledIn(): Form {
    return {
      kind: 'lead',
      name: this.value('name'),
      email: this.value('email'),
      number: this.value('number'),
      text: this.value('text'),
    };
  }
}

definePart('vc-lead-form', VcLeadForm);

declare global {
  interface HTMLElementTagNameMap {
    'vc-lead-form': VcLeadForm;
  }
}
