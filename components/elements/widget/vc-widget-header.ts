import { ContextConsumer } from '@lit/context';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { type CallKind, CHANNELS, type ChannelName, type ChannelState } from '../../../core/contact/model.ts';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { contactContext } from '../../store/contact-store.ts';
import { addressOn, serverContext } from '../../store/server-context.ts';
import { visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t as shared } from '../strings/shared.ts';
import { t } from '../strings/widget.ts';
import { canCall } from './can-call.ts';
import { headerStyles } from './header-styles.ts';

const PATHS: Readonly<Record<ChannelName, string>> = {
  sharing: icons.sharing,
  chat: icons.chat,
  voice: icons.phone,
  video: icons.video,
};

/**
 * Top of the widget: who is there, the state of the four channels, and what can be started or ended.
 *
 * @fires vc-channel-request
 * @fires vc-channel-drop-request
 * @fires vc-end-request
 * @fires vc-toggle-request
 */
export class VcWidgetHeader extends VcElement {
  static override styles = [controls, headerStyles];

  /** A picture that could not be shown. */
  @state() private broken: string | null = null;
  #server = new ContextConsumer(this, { context: serverContext });
  #id = new Select(this, contactContext, (state) => state.id);
  #view = new Select(this, contactContext, (state) => state.view);
  #service = new Select(this, visitorContext, (state) => state.service);
  #connection = new Select(this, visitorContext, (state) => state.connection);

  protected override render(): TemplateResult {
    const view = this.#view.value;
    const title = view?.agent?.name ?? view?.service.name ?? this.#service.value?.name ?? t('support');
    const running = Boolean(this.#id.value) && view?.phase !== 'ended';
    return html`
      <header>
        <span class="avatar" aria-hidden="true" data-presence=${this.#presence(view)}>
          ${this.#avatar(view)}
        </span>
        <div class="who">
          <h1>${title}</h1>
          <div class="line">
            <span>${this.#status(view)}</span>
            ${view && running ? this.#channels(view) : nothing}
          </div>
        </div>
        <div class="actions">
          ${this.#callButton('voice')} ${this.#callButton('video')}
          ${
            running
              ? this.#button('endConversation', icons.logOut, () =>
                  request(this, 'vc-end-request', { contact: this.#id.value ?? null }),
                )
              : nothing
          }
          ${this.#button('minimiseChat', icons.chevronDown, () => request(this, 'vc-toggle-request', { open: false }))}
        </div>
      </header>
    `;
  }

  #avatar(view: ContactView | null | undefined): unknown {
    if (!view?.agent) return icon(icons.chat);
    const { name, picture } = view.agent;
    if (!picture || picture === this.broken) return [...name][0]?.toUpperCase();
    const src = addressOn(this.#server.value ?? location.origin, picture);
    return html`<img src=${src} alt="" @error=${() => (this.broken = picture)} />`;
  }

  #presence(view: ContactView | null | undefined): 'here' | 'away' | 'none' {
    if (this.#connection.value !== 'online') return 'none';
    if (view?.agent && view.phase === 'assigned') return view.away.agent === null ? 'here' : 'away';
    return !view && this.#service.value?.staffed ? 'here' : 'none';
  }

  #status(view: ContactView | null | undefined): string {
    if (this.#connection.value === 'refused') return '';
    if (this.#connection.value !== 'online') return t('opening');
    switch (view?.phase) {
      case 'waiting':
        return t('waitingShort');
      case 'dissuaded':
        return t('notFree');
      case 'ended':
        return t('ended');
      case 'assigned':
        return t(view.away.agent === null ? 'online' : 'away');
      default:
        if (this.#id.value || !this.#service.value) return t('opening');
        return t(this.#service.value.staffed ? 'online' : 'nobodyHere');
    }
  }

  #button(name: Parameters<typeof t>[0] & Label, path: string, act: () => void): TemplateResult {
    const label = t(name);
    return html`<button class="button icon-button" aria-label=${label} title=${label} @click=${act}>${icon(path)}</button>`;
  }

  /** Only where the call could really begin: both sides, the service and the agent's switch allow it. */
  #callButton(kind: CallKind): TemplateResult | typeof nothing {
    const view = this.#view.value;
    const offered = view?.channels[kind] === 'available' && view.agent?.[kind];
    if (!offered || this.#connection.value !== 'online' || !canCall()) return nothing;
    return kind === 'voice'
      ? this.#button('startVoiceCall', icons.phone, () => this.#ask(kind, view))
      : this.#button('startVideoCall', icons.video, () => this.#ask(kind, view));
  }

  #ask(channel: CallKind, { id }: ContactView): void {
    request(this, 'vc-channel-request', { contact: id, channel });
  }

  #channels(view: ContactView): TemplateResult {
    return html`<span class="channels" role="group" aria-label=${t('channels')}>
      ${CHANNELS.map((name) => this.#channel(name, view))}
    </span>`;
  }

  #channel(name: ChannelName, view: ContactView): TemplateResult {
    const state: ChannelState = view.channels[name];
    const label = shared(name);
    // Chat may be given up while a call keeps the contact alive; without one that would end it.
    const droppable = name !== 'sharing' && (name !== 'chat' || view.call !== null);
    if (state !== 'active' || !droppable)
      return html`<span
        class="disc"
        role="img"
        data-channel=${name}
        data-state=${state}
        aria-label="${label}: ${t(state)}"
        >${icon(PATHS[name])}</span
      >`;
    return html`<button
      class="disc"
      data-channel=${name}
      data-state=${state}
      aria-label=${label}
      title=${t('end', { channel: label })}
      @click=${() => request(this, 'vc-channel-drop-request', { contact: view.id, channel: name })}
    >
      ${icon(PATHS[name])}
    </button>`;
  }
}

type Label = 'endConversation' | 'minimiseChat' | 'startVoiceCall' | 'startVideoCall';

definePart('vc-widget-header', VcWidgetHeader);
