import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders the host again each time a clock that began at `since` (epoch milliseconds) shows another second. */
export class SecondHand implements ReactiveController {
  #host: ReactiveControllerHost;
  #since: () => number | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, since: () => number | null) {
    this.#host = host;
    this.#since = since;
    host.addController(this);
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    const since = this.#since();
    if (since === null) return;
    const shown = (((Date.now() - since) % 1000) + 1000) % 1000;
    this.#timer = setTimeout(() => this.#host.requestUpdate(), 1000 - shown);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
