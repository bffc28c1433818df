import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';

/**
 * A dialog inside an element: it is there while it is in the tree, and it does not block the page around it. It takes the
 * focus when it appears (the dialog itself, not a button: whoever is typing must not answer by accident) and gives it back
 * when it goes. The host carries the role, so that the slotted answers are inside the dialog for every assistive tool.
 *
 * @slot - What is asked.
 * @slot actions - The answers, as buttons.
 * @fires cancel - Escape was pressed; does not bubble.
 */
export class VcDialog extends VcElement {
  static override styles = css`
    :host {
      display: block;
      padding: 18px;
      border: 1px solid var(--_line);
      border-radius: var(--_radius);
      background: var(--_surface);
      color: var(--_text);
      box-shadow: var(--_shadow);
      outline: none;
      animation: appear var(--_motion);
    }
    :host(:focus-visible) {
      border-color: var(--_focus);
      outline: 1px solid var(--_focus) !important;
      outline-offset: 0 !important;
    }
    .heading {
      margin: 0 0 4px;
      font-size: 16px;
      font-weight: 600;
      line-height: 1.35;
    }
    .body {
      color: var(--_muted);
      overflow-wrap: anywhere;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-block-start: 16px;
    }
    .actions ::slotted(*) {
      flex: 1 1 auto;
    }
    @keyframes appear {
      from {
        opacity: 0;
        transform: translateY(6px);
      }
    }
  `;

  /** The question; names the dialog. */
  @property() heading = '';
  /** Leaves the focus where it is, for a question that appears beside what the reader is doing. */
  @property({ type: Boolean }) passive = false;
  #returnTo: HTMLElement | null = null;

  constructor() {
    super();
    this.addEventListener('keydown', (event) => this.#onKeydown(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'dialog';
    this.tabIndex = -1;
  }

  override willUpdate(): void {
    this.ariaLabel = this.heading;
  }

  override firstUpdated(): void {
    if (this.passive) return;
    this.#returnTo = focusedElement();
    this.focus({ preventScroll: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Whoever took the dialog away may have moved the focus already; only a lost one is given back.
    const { activeElement } = document;
    if (!this.passive && (activeElement === null || activeElement === document.body)) this.#returnTo?.focus();
    this.#returnTo = null;
  }

  protected override render() {
    return html`
      <div class="heading" aria-hidden="true">${this.heading}</div>
      <div class="body"><slot></slot></div>
      <div class="actions"><slot name="actions"></slot></div>
    `;
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing) return;
    // Answered here: nothing around the dialog should close as well.
    event.stopPropagation();
    this.dispatchEvent(new Event('cancel', { cancelable: true }));
  }
}

/** The focused element, through shadow roots. */
function focusedElement(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}

definePart('vc-dialog', VcDialog);

declare global {
  interface HTMLElementTagNameMap {
    'vc-dialog': VcDialog;
  }
}
