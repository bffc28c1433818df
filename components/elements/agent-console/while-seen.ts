import type { ReactiveController, ReactiveElement } from 'lit';

const hosts = new WeakMap<Element, (seen: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** Knows whether any of its host is on the screen, and renders the host again when that changes. One observer serves all. */
export class WhileSeen implements ReactiveController {
  seen = false;
  #host: ReactiveElement;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    observer ??= new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) hosts.get(target)?.(isIntersecting);
    });
    hosts.set(this.#host, (seen) => this.#see(seen));
    observer.observe(this.#host);
  }

  hostDisconnected(): void {
    observer?.unobserve(this.#host);
    this.seen = false;
  }

  #see(seen: boolean): void {
    if (seen === this.seen) return;
    this.seen = seen;
    this.#host.requestUpdate();
  }
}
