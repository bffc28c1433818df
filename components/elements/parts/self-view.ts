import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { t } from '../strings/media.ts';

export type Corner = `${'top' | 'bottom'}${'Left' | 'Right'}`;

/** The corner where the own picture stands: the one the service sets, until it is dragged or moved with the arrow keys. */
export class SelfView implements ReactiveController {
  #host: ReactiveControllerHost;
  #side: () => 'left' | 'right';
  #moved: Corner | null = null;
  /** Where the pointer took it, in px of the window. */
  #from: { readonly x: number; readonly y: number } | null = null;

  constructor(host: ReactiveControllerHost, side: () => 'left' | 'right') {
    this.#host = host;
    this.#side = side;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#from = null;
  }

  get corner(): Corner {
    return this.#moved ?? (this.#side() === 'left' ? 'bottomLeft' : 'bottomRight');
  }

  /** What is taken hold of: lies over the picture. */
  render(): TemplateResult {
    return html`
      <button class="grip" type="button" aria-label=${t('ownPicture', { corner: t(this.corner) })} @keydown=${this.#onKeydown}
        @pointerdown=${this.#onTake} @pointermove=${this.#onMove} @pointerup=${this.#onLeave} @pointercancel=${this.#onLeave}
        @lostpointercapture=${this.#onLeave}></button>
    `;
  }

  #onKeydown = (event: KeyboardEvent): void => {
    const { corner } = this;
    const moves: Readonly<Record<string, readonly [from: string, to: string]>> = {
      ArrowUp: ['bottom', 'top'],
      ArrowDown: ['top', 'bottom'],
      ArrowLeft: ['Right', 'Left'],
      ArrowRight: ['Left', 'Right'],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.#moveTo(corner.replace(...move) as Corner);
  };

  #onTake = (event: PointerEvent): void => {
    if (!event.isPrimary || event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#from = { x: event.clientX, y: event.clientY };
  };

  #onMove = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    if (!this.#from) return;
    const { style } = stageOf(currentTarget);
    style.setProperty('--_dragged-x', `${clientX - this.#from.x}px`);
    style.setProperty('--_dragged-y', `${clientY - this.#from.y}px`);
  };

  /** Dropped, it goes to the corner that is nearest. */
  #onLeave = ({ currentTarget, type }: PointerEvent): void => {
    if (!this.#from) return;
    this.#from = null;
    const stage = stageOf(currentTarget);
    const [whole, own] = [
      stage.getBoundingClientRect(),
      (currentTarget as HTMLElement).getBoundingClientRect(),
    ];
    const isTop = (own.top + own.bottom) / 2 < (whole.top + whole.bottom) / 2;
    const isLeft = (own.left + own.right) / 2 < (whole.left + whole.right) / 2;
    stage.style.removeProperty('--_dragged-x');
    stage.style.removeProperty('--_dragged-y');
    if (type === 'pointerup') this.#moveTo(`${isTop ? 'top' : 'bottom'}${isLeft ? 'Left' : 'Right'}`);
  };

  #moveTo(corner: Corner): void {
    this.#moved = corner;
    this.#host.requestUpdate();
  }
}

const stageOf = (grip: EventTarget | null): HTMLElement => (grip as HTMLElement).parentElement as HTMLElement;
