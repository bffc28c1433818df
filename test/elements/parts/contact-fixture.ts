import { ContextProvider } from '@lit/context';
import { fixture, html } from '@open-wc/testing';
import { css, type ReactiveElement, type TemplateResult } from 'lit';
import { VcElement } from '../../../components/elements/base-element.ts';
import { rootStyles, tokens } from '../../../components/elements/tokens.ts';
import {
  type ContactStore,
  contactContext,
  createContactStore,
} from '../../../components/store/contact-store.ts';
import { serverContext } from '../../../components/store/server-context.ts';
import type { Side } from '../../../core/contact/model.ts';
import type {
  ContactView,
  EventEntry,
  FileEntry,
  LogEntry,
  MessageEntry,
  NoteEntry,
} from '../../../core/protocol/server-frames.ts';
import { aContactView, aMessage } from '../../support/contact-sample.ts';

export const SERVER = 'https://chat.example';

/** Stands where a root element stands: tokens, theme and the contact in context. */
class TestRoot extends VcElement {
  static override styles = [tokens, rootStyles, css`:host { background: var(--_surface); }`];
  #contact = new ContextProvider(this, { context: contactContext });
  protected readonly server = new ContextProvider(this, { context: serverContext, initialValue: SERVER });
  set contact(store: ContactStore) {
    this.#contact.setValue(store);
  }
  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
customElements.define('test-contact-root', TestRoot);

/** An element inside a root, with the store it reads and every request it sent. */
export async function inContact<E extends ReactiveElement>(
  template: TemplateResult,
  { own = 'visitor' as Side, theme = 'light', store = createContactStore(own, 'c1') } = {},
) {
  const asked: { type: string; detail: unknown }[] = [];
  const note = (event: Event) => {
    asked.push({ type: event.type, detail: (event as CustomEvent).detail });
    if (event.type === 'vc-draft-request')
      store.dispatch({ type: 'drafted', text: (event as CustomEvent<{ text: string }>).detail.text });
  };
  const root = await fixture<TestRoot>(
    html`<test-contact-root theme=${theme} .contact=${store}
      @vc-read-request=${note}
      @vc-discard-request=${note}
      @vc-message-request=${note}
      @vc-draft-request=${note}
      @vc-file-request=${note}
      @vc-file-cancel-request=${note}
      >${template}</test-contact-root
    >`,
  );
  const element = root.firstElementChild as E;
  await element.updateComplete;
  /** Elements in the shadow tree; throws when there is none, as a test should. */
  const find = <T extends HTMLElement = HTMLElement>(selector: string): T => {
    const found = element.renderRoot.querySelector<T>(selector);
    if (!found) throw new Error(`Cannot find ${selector}: the element does not show it.`);
    return found;
  };
  const findAll = <T extends HTMLElement = HTMLElement>(selector: string): T[] => [
    ...element.renderRoot.querySelectorAll<T>(selector),
  ];
  const settle = () => element.updateComplete;
  return { root, element, store, asked, find, findAll, settle };
}

export const START = new Date(2026, 2, 3, 9, 30).getTime();
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export const aView = (change: Partial<ContactView> = {}): ContactView =>
  aContactView({ openedAt: START, waitingSince: START, takenAt: START, ...change });

export const message = (offset: number, side: Side, text: string, at = START): MessageEntry =>
  aMessage(offset, side === 'agent' ? { text, at } : { text, at, side, author: { id: 'v1', name: 'Vera' } });

export const happened = (
  offset: number,
  event: EventEntry['event'],
  change: Partial<EventEntry> = {},
): EventEntry => ({
  kind: 'event',
  offset,
  previous: offset - 1,
  id: `e${offset}`,
  at: START,
  event,
  side: 'agent',
  name: 'Anna',
  call: null,
  seconds: null,
  text: null,
  score: null,
  ...change,
});

/** A picture of the visitor's, by default. */
export const aFile = (offset: number, change: Partial<FileEntry> = {}): FileEntry => ({
  kind: 'file',
  offset,
  previous: offset - 1,
  id: `f${offset}`,
  at: START,
  side: 'visitor',
  author: { id: 'v1', name: 'Vera' },
  file: `file${offset}`,
  name: 'lamp.png',
  mime: 'image/png',
  size: 48_200,
  width: 640,
  height: 480,
  ...change,
});

/** A note of Anna's. */
export const aNote = (offset: number, text: string, change: Partial<NoteEntry> = {}): NoteEntry => ({
  kind: 'note',
  offset,
  previous: offset - 1,
  id: `n${offset}`,
  at: START,
  author: { id: 'anna', name: 'Anna' },
  text,
  ...change,
});

/** Puts a whole log into the store. */
export function fill(store: ContactStore, entries: readonly LogEntry[]): void {
  const head = entries.at(-1)?.offset ?? 0;
  store.dispatch({
    type: 'transcript',
    event: { type: 'page', epoch: 'e', recovered: true, after: 0, head, entries },
  });
}

export const append = (store: ContactStore, entry: LogEntry): void =>
  store.dispatch({ type: 'transcript', event: { type: 'appended', epoch: 'e', entry } });
