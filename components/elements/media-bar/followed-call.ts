import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveElement } from 'lit';
import { type CallHandle, type CallState, callContext } from '../../store/call-handle.ts';

/**
 * The running call an element shows: the one it was given, else the one in context. Renders the host again with every
 * change. A call that ended is none.
 */
export class FollowedCall implements ReactiveController {
  #host: ReactiveElement;
  #given: CallHandle | null = null;
  #found: CallHandle | null = null;
  #stop: (() => void) | null = null;

  constructor(host: ReactiveElement) {
    this.#host = host;
    new ContextConsumer(host, {
      context: callContext,
      subscribe: true,
      callback: (call) => {
        this.#found = call;
        this.#follow();
      },
    });
    host.addController(this);
  }

  get handle(): CallHandle | null {
    const handle = this.#given ?? this.#found;
    return handle && handle.store.state.status !== 'ended' ? handle : null;
  }

  get state(): CallState | null {
    return this.handle?.store.state ?? null;
  }

  give(call: CallHandle | null): void {
    this.#given = call;
    this.#follow();
  }

  hostConnected(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #follow(): void {
    this.#stop?.();
    const follow = this.#host.isConnected ? (this.#given ?? this.#found) : null;
    this.#stop = follow?.store.subscribe(() => this.#host.requestUpdate()) ?? null;
    this.#host.requestUpdate();
  }
}
