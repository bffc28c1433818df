import { ContextConsumer } from '@lit/context';
import type { ReactiveElement } from 'lit';
import { type CallHandle, type CallState, callContext } from '../../store/call-handle.ts';
import { Follow } from '../follow.ts';

/**
 * The running call an element shows: the one `given`, else the one in context. Renders the host again with every change.
 * A call that ended is none.
 */
export class FollowedCall {
  #given: () => CallHandle | null;
  #found: CallHandle | null = null;

  constructor(host: ReactiveElement, given: () => CallHandle | null = () => null) {
    this.#given = given;
    new ContextConsumer(host, {
      context: callContext,
      subscribe: true,
      callback: (call) => {
        this.#found = call;
        host.requestUpdate();
      },
    });
    new Follow(host, () => this.#source?.store ?? null);
  }

  get handle(): CallHandle | null {
    const handle = this.#source;
    return handle?.store.state.status === 'ended' ? null : handle;
  }

  get state(): CallState | null {
    return this.handle?.store.state ?? null;
  }

  get #source(): CallHandle | null {
    return this.#given() ?? this.#found;
  }
}
