import type { CallHandle, CallState, CurrentCall } from '../store/call-handle.ts';

/**
 * An agent may have calls with several visitors, and none of them is to hear what is said to another: the one taken up last
 * goes on, the others are on hold. That is nothing but their devices and sound switched off, so each visitor is told as ever,
 * and it lasts over a page load.
 */
export interface OneCall {
  /** Counts the calls of this contact in, until the function given is called. */
  follow(contact: string, current: CurrentCall): () => void;
  /** Takes the call of this contact up again, with what was on before. */
  resume(contact: string): void;
}

interface Followed {
  readonly handle: CallHandle;
  isTaken: boolean;
  /** What was on when it was put on hold. */
  before: { readonly microphone: boolean; readonly camera: boolean };
}

export function createOneCall(): OneCall {
  const calls = new Map<string, Followed>();

  const hold = (call: Followed) => {
    const { handle } = call;
    const { own } = handle.store.state;
    if (!isTaken(handle.store.state)) return;
    call.before = own;
    void handle.setMicrophone(false);
    void handle.setCamera(false);
    if (own.screen) void handle.setScreen(false);
    handle.setSound(false);
  };

  const watch = (contact: string, handle: CallHandle) => {
    const call: Followed = { handle, isTaken: false, before: { microphone: true, camera: false } };
    calls.set(contact, call);
    const look = () => {
      const before = call.isTaken;
      call.isTaken = isTaken(handle.store.state);
      if (!call.isTaken || before) return;
      for (const other of calls.values()) if (other !== call) hold(other);
    };
    const unsubscribe = handle.store.subscribe(look);
    look();
    return () => {
      unsubscribe();
      calls.delete(contact);
    };
  };

  return {
    follow(contact, current) {
      let unwatch: (() => void) | null = null;
      const look = () => {
        const { handle } = current.state;
        if (handle === (calls.get(contact)?.handle ?? null)) return;
        unwatch?.();
        unwatch = handle && watch(contact, handle);
      };
      const unsubscribe = current.subscribe(look);
      look();
      return () => {
        unsubscribe();
        unwatch?.();
      };
    },
    resume(contact) {
      const { handle, before } = calls.get(contact) ?? {};
      handle?.setSound(true);
      if (before?.microphone) void handle?.setMicrophone(true);
      if (before?.camera) void handle?.setCamera(true);
    },
  };
}

/**
 * Whether the agent speaks or listens in it: not while it rings. A camera that was still opening when it was put on hold
 * comes on once more before it goes off, and takes up nothing.
 */
const isTaken = ({ status, own }: CallState): boolean =>
  status !== 'waiting' && status !== 'ended' && (own.microphone || own.sound);
