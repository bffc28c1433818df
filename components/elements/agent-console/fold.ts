import type { ReactiveController, ReactiveElement } from 'lit';

/** Where an element lies that cannot be seen without scrolling. */
export type Beyond = 'above' | 'below';

/** Pixels; more than any list is long. */
const FAR = 1_000_000;
/** The view, extended to the other side: what does not meet it lies beyond this one. One leap may cross the whole view. */
const MARGINS: Readonly<Record<Beyond, string>> = {
  above: `0px 0px ${FAR}px 0px`,
  below: `${FAR}px 0px 0px 0px`,
};

/** Knows which of the elements in a scrolling list lie out of its view, and renders its host again when that changes. */
export class Fold implements ReactiveController {
  #host: ReactiveElement;
  #observers: readonly IntersectionObserver[] = [];
  #root: Element | null = null;
  #watched = new Set<Element>();
  #beyond: Readonly<Record<Beyond, Set<Element>>> = { above: new Set(), below: new Set() };

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** To be called when the host has rendered: the list, and the elements in it. */
  watch(root: Element | null, elements: Iterable<Element>): void {
    if (root !== this.#root) this.#begin(root);
    const now = new Set(root ? elements : []);
    for (const element of this.#watched) if (!now.has(element)) this.#forget(element);
    for (const element of now) {
      if (this.#watched.has(element)) continue;
      this.#watched.add(element);
      for (const observer of this.#observers) observer.observe(element);
    }
  }

  isBeyond(where: Beyond, element: Element): boolean {
    return this.#beyond[where].has(element);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#begin(null);
  }

  #begin(root: Element | null): void {
    for (const observer of this.#observers) observer.disconnect();
    for (const set of [this.#watched, this.#beyond.above, this.#beyond.below]) set.clear();
    this.#root = root;
    this.#observers = root ? (['above', 'below'] as const).map((where) => this.#observe(root, where)) : [];
  }

  #observe(root: Element, where: Beyond): IntersectionObserver {
    const beyond = this.#beyond[where];
    const sort = (entries: IntersectionObserverEntry[]) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) beyond.delete(target);
        else beyond.add(target);
      }
      this.#host.requestUpdate();
    };
    return new IntersectionObserver(sort, { root, rootMargin: MARGINS[where] });
  }

  #forget(element: Element): void {
    for (const observer of this.#observers) observer.unobserve(element);
    this.#watched.delete(element);
    this.#beyond.above.delete(element);
    this.#beyond.below.delete(element);
  }
}
