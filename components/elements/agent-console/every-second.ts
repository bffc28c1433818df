import type { ReactiveController, ReactiveControllerHost } from 'lit';

const SECOND = 1_000;

/** Renders its host again at every full second of this clock while the host is in the document, for what shows time. */
export class EverySecond implements ReactiveController {
  #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#next();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  #next(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#host.requestUpdate();
        this.#next();
      },
      SECOND - (Date.now() % SECOND),
    );
  }
}
