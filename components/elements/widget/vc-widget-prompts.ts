import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CallKind } from '../../../core/contact/model.ts';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import '../parts/vc-dialog.ts';
import { fetchCode } from '../../store/fetch-code.ts';
import type { JoinDetail } from '../parts/vc-pre-join.ts';
import { Select } from '../select.ts';
import { t } from '../strings/prompts.ts';
import { t as shared } from '../strings/shared.ts';
import { askedFor } from './asked-for.ts';

/**
 * The agent's questions to the visitor: a call, a recording.
 *
 * @fires vc-call-answer-request
 * @fires vc-recording-answer-request
 */
export class VcWidgetPrompts extends VcElement {
  static override styles = controls;

  #view = new Select(this, contactContext, (state) => state.view);
  /** The visitor looks at their devices before they answer. */
  @state() private checking: typeof import('../parts/vc-pre-join.ts') | null = null;

  protected override willUpdate(): void {
    if (this.#view.value?.call?.status !== 'asking') this.checking = null;
    this.toggleAttribute('checking', this.checking !== null);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#view.value;
    if (!view?.call) return nothing;
    const kind = askedFor(view.call);
    return html`
      ${kind ? this.#callPrompt(view, kind) : nothing}
      ${view.call.recording?.status === 'asking' ? this.#recordingPrompt(view) : nothing}
    `;
  }

  #callPrompt(view: ContactView, kind: CallKind): TemplateResult {
    const answer = (answer: CallKind | 'decline') => () =>
      request(this, 'vc-call-answer-request', { contact: view.id, answer });
    const video = kind === 'video';
    const { checking } = this;
    if (checking) {
      const join = ({ detail }: CustomEvent<JoinDetail>) => {
        checking.beginNextCall(this, { ...detail, camera: false }); // That is in the answer.
        answer(video && detail.camera ? 'video' : 'voice')();
      };
      return html`<vc-pre-join ?camera=${video} @join=${join} @leave=${this.#stay}></vc-pre-join>`;
    }
    return html`
      <vc-dialog heading=${t(video ? 'videoCallRequest' : 'voiceCallRequest')} @cancel=${answer('decline')}>
        ${t(video ? 'asksVideo' : 'asksVoice', { name: agentOf(view) })}
        ${view.recording === 'always' && !view.call?.recording ? t('willRecord') : nothing}
        ${
          video
            ? html`
                <button slot="actions" class="button primary" @click=${answer('video')}>
                  ${icon(icons.video)}${t('acceptWithVideo')}
                </button>
                <button slot="actions" class="button outline" @click=${answer('voice')}>
                  ${icon(icons.phone)}${t('voiceOnly')}
                </button>
              `
            : html`<button slot="actions" class="button primary" @click=${answer('voice')}>
                ${icon(icons.phone)}${t('accept')}
              </button>`
        }
        <button slot="actions" class="button outline" @click=${answer('decline')}>${t('decline')}</button>
        ${
          view.call?.status === 'asking'
            ? html`<button slot="actions" class="button check" @click=${this.#check}>${t('checkFirst')}</button>`
            : nothing
        }
      </vc-dialog>
    `;
  }

  async #check(): Promise<void> {
    try {
      this.checking = await fetchCode(() => import('../parts/vc-pre-join.ts'));
    } catch {
      // The next click asks again.
    }
  }

  #stay(): void {
    this.checking = null;
  }

  #recordingPrompt(view: ContactView): TemplateResult {
    const answer = (allow: boolean) => () =>
      request(this, 'vc-recording-answer-request', { contact: view.id, allow });
    return html`
      <vc-dialog heading=${t('recordingRequest')} @cancel=${answer(false)}>
        ${t('asksRecording', { name: agentOf(view) })}
        <button slot="actions" class="button primary" @click=${answer(true)}>${t('allowRecording')}</button>
        <button slot="actions" class="button outline" @click=${answer(false)}>${t('decline')}</button>
      </vc-dialog>
    `;
  }
}

const agentOf = (view: ContactView): string => view.agent?.name ?? shared('agent');

definePart('vc-widget-prompts', VcWidgetPrompts);
