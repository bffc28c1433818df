import type { ReactiveController, ReactiveElement } from 'lit';

const SECOND = 1_000;

/**
 * Renders its host again each time a clock that began at `since` (epoch milliseconds of this clock) shows another second,
 * while the host is in the document and `since` gives a time. By default at every full second.
 */
export class EverySecond implements ReactiveController {
  #host: ReactiveElement;
  #since: () => number | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveElement, since: () => number | null = () => 0) {
    this.#host = host;
    this.#since = since;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    const since = this.#host.isConnected ? this.#since() : null;
    if (since === null) return;
    const shown = (((Date.now() - since) % SECOND) + SECOND) % SECOND;
    this.#timer = setTimeout(() => this.#host.requestUpdate(), SECOND - shown);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
