import type { WaitingEntry } from '../../core/protocol/server-frames.ts';
import { rings } from '../../core/routing/queue.ts';
import type { RingerSettings, RingerState } from '../store/ringer-store.ts';
import type { ReadableStore } from '../store/store.ts';
import { createStore } from '../store/store.ts';
import { createBell } from './bell.ts';

export interface RingerOptions {
  /** What a notification says of a contact. */
  readonly describe: (entry: WaitingEntry) => { readonly title: string; readonly body: string };
  /** Server clock minus this clock, milliseconds. */
  readonly skew: () => number;
}

/** Makes the desk heard and seen while somebody waits: sound until taken or gone, a count in the title, notifications. */
export interface Ringer {
  readonly state: ReadableStore<RingerState>;
  /** Who waits now. */
  update(waiting: readonly WaitingEntry[]): void;
  set(change: Partial<RingerSettings>): void;
  /** From a click: lets the browser play sound. */
  enableSound(): void;
  close(): void;
}

const KEY = 'vc:ringer';
const DEFAULTS: RingerSettings = { sound: true, title: true, notifications: false };
const COUNT = /^\(\d+\) /;

export function createRinger({ describe, skew }: RingerOptions): Ringer {
  const store = createStore<RingerState, Partial<RingerState>>((state, change) => ({ ...state, ...change }), {
    ...kept(),
    ringing: false,
    soundBlocked: false,
    permission: permission(),
  });
  const bell = createBell((soundBlocked) => store.dispatch({ soundBlocked }));
  const notes = new Map<string, Notification>();
  let waiting: readonly WaitingEntry[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const settle = () => {
    clearTimeout(timer);
    if (closed) return;
    const now = Date.now() + skew();
    const due = waiting.filter((entry) => rings(entry, now));
    const { sound, title, notifications } = store.state;
    if (store.state.ringing !== due.length > 0) store.dispatch({ ringing: due.length > 0 });
    bell.ring(sound && due.length > 0);
    badge(title ? due.length : 0);
    notify(notifications ? due : []);
    // A callback begins to ring when its time comes.
    const next = Math.min(...waiting.map(({ waitingSince }) => waitingSince).filter((at) => at > now));
    if (next !== Number.POSITIVE_INFINITY) timer = setTimeout(settle, Math.min(next - now, 2 ** 31 - 1));
  };

  const notify = (due: readonly WaitingEntry[]) => {
    for (const [contact, note] of notes) {
      if (due.some((entry) => entry.contact === contact)) continue;
      note.close();
      notes.delete(contact);
    }
    // Who looks at the page sees the list.
    if (document.hasFocus() || permission() !== 'granted') return;
    for (const entry of due) {
      if (notes.has(entry.contact)) continue;
      const note = notification(describe(entry), entry.contact);
      if (note) notes.set(entry.contact, note);
    }
  };

  return {
    state: store,
    update(entries) {
      waiting = entries;
      settle();
    },
    set(change) {
      store.dispatch(change);
      const { sound, title, notifications } = store.state;
      keep({ sound, title, notifications });
      settle();
      if (change.notifications && permission() === 'ask')
        void Notification.requestPermission().then(() => {
          store.dispatch({ permission: permission() });
          settle();
        });
    },
    enableSound: () => bell.unblock(),
    close() {
      closed = true;
      clearTimeout(timer);
      bell.close();
      badge(0);
      notify([]);
    },
  };
}

/** The host application may change its title meanwhile: only the count in front of it is ours. */
function badge(count: number): void {
  const title = document.title.replace(COUNT, '');
  const next = count ? `(${count}) ${title}` : title;
  if (document.title !== next) document.title = next;
}

function notification({ title, body }: { title: string; body: string }, tag: string): Notification | null {
  try {
    const note = new Notification(title, { body, tag });
    note.onclick = () => {
      window.focus();
      note.close();
    };
    return note;
  } catch {
    return null; // Some phones have the interface and refuse to use it.
  }
}

function permission(): RingerState['permission'] {
  if (typeof Notification === 'undefined') return 'unsupported';
  return Notification.permission === 'default' ? 'ask' : Notification.permission;
}

function kept(): RingerSettings {
  try {
    const { sound, title, notifications } = { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
    return { sound: sound === true, title: title === true, notifications: notifications === true };
  } catch {
    return DEFAULTS;
  }
}

function keep(settings: RingerSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Storage is blocked: the next page begins with the defaults.
  }
}
