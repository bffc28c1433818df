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
import type { Side } from '../../../core/contact/model.ts';
import type { ContactView, EventEntry, MessageEntry } from '../../../core/protocol/server-frames.ts';

/** Stands where a root element stands: tokens, theme and the contact in context. */
class TestRoot extends VcElement {
  static override styles = [tokens, rootStyles, css`:host { background: var(--_surface); }`];
  #contact = new ContextProvider(this, { context: contactContext });
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

export function aView(change: Partial<ContactView> = {}): ContactView {
  return {
    id: 'c1',
    rev: 1,
    service: { id: 'sales', name: 'Sales' },
    kind: 'chat',
    phase: 'assigned',
    openedAt: START,
    waitingSince: START,
    dissuadeAt: null,
    takenAt: START,
    endedAt: null,
    endedBy: null,
    visitor: {
      id: 'v1',
      name: 'Vera',
      verified: false,
      isNew: true,
      language: 'en',
      country: null,
      page: { url: 'https://shop.example/', title: 'Shop', referrer: '' },
      device: { browser: 'Chrome 140', system: 'Linux', mobile: false },
    },
    agent: { id: 'anna', name: 'Anna', voice: true, video: true },
    away: { visitor: null, agent: null },
    channels: { sharing: 'unavailable', chat: 'active', voice: 'available', video: 'available' },
    call: null,
    recording: 'ask',
    cursors: { visitor: { delivered: 0, read: 0 }, agent: { delivered: 0, read: 0 } },
    ...change,
  };
}

export const message = (offset: number, side: Side, text: string, at = START): MessageEntry => ({
  kind: 'message',
  offset,
  previous: offset - 1,
  id: `m${offset}`,
  at,
  side,
  author: side === 'visitor' ? { id: 'v1', name: 'Vera' } : { id: 'anna', name: 'Anna' },
  text,
});

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
  ...change,
});

/** Puts a whole log into the store. */
export function fill(store: ContactStore, entries: readonly (MessageEntry | EventEntry)[]): void {
  const head = entries.at(-1)?.offset ?? 0;
  store.dispatch({
    type: 'transcript',
    event: { type: 'page', epoch: 'e', recovered: true, after: 0, head, entries },
  });
}

export const append = (store: ContactStore, entry: MessageEntry | EventEntry): void =>
  store.dispatch({ type: 'transcript', event: { type: 'appended', epoch: 'e', entry } });
