import { fixture, html } from '@open-wc/testing';
import type { ReactiveElement } from 'lit';
import '../../../components/define/vc-agent-console.ts';
import { VcAgentConsole } from '../../../components/elements/agent-console/vc-agent-console.ts';
import type { VcEvent, VcEventMap } from '../../../components/elements/events.ts';
import { fakeDesk } from './fake-desk.ts';

/** A whole console, `width` by 700 px, in front of a session whose stores the test changes. */
export async function openDesk({ width = 1280, theme = 'light' as 'light' | 'dark' } = {}) {
  const desk = fakeDesk();
  VcAgentConsole.createSession = () => desk.session;
  const box = await fixture<HTMLElement>(html`<div></div>`);
  box.style.setProperty('inline-size', `${width}px`);
  box.style.setProperty('block-size', '700px');
  const element = document.createElement('vc-agent-console');
  Object.assign(element, { server: 'https://chat.example', token: 'first', theme });
  box.append(element);
  await settled(element);
  return { ...desk, box, element };
}

/** Elements below `root` that match, through shadow roots, in document order. */
export function all<E extends Element = HTMLElement>(root: ParentNode, selector: string): E[] {
  const found: E[] = [];
  const visit = (node: ParentNode) => {
    for (const child of node.children) {
      if (child.matches(selector)) found.push(child as E);
      if (child.shadowRoot) visit(child.shadowRoot);
      visit(child);
    }
  };
  if (root instanceof Element && root.shadowRoot) visit(root.shadowRoot);
  visit(root);
  return found;
}

export function one<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  const [found, more] = all<E>(root, selector);
  if (!found || more)
    throw new Error(`Cannot find "${selector}": there ${found ? 'are several' : 'is none'}`);
  return found;
}

export const region = (root: ParentNode, name: string): HTMLElement =>
  one(root, `section[aria-label="${name}"]`);
export const panel = (root: ParentNode, name: string): HTMLElement =>
  one(root, `article[aria-label="${name}"]`);
export const dialogs = (root: ParentNode): HTMLElement[] => all(root, 'vc-dialog');
export const texts = (root: ParentNode, selector: string): string[] => all(root, selector).map(textOf);
/** The text of an element as it reads, white space aside. */
export const textOf = (element: Element): string => (element.textContent ?? '').replace(/\s+/g, ' ').trim();

export function button(root: ParentNode, name: string): HTMLElement {
  const named = all(root, 'button, a').filter(
    (each) => (each.getAttribute('aria-label') ?? textOf(each)) === name && each.checkVisibility(),
  );
  const [found, more] = named;
  if (!found || more)
    throw new Error(`Cannot find the button "${name}": there ${found ? 'are several' : 'is none'}`);
  return found;
}

/** Resolves when everything below `root` has drawn what it knows. */
export async function settled(root: HTMLElement): Promise<void> {
  for (;;) {
    const pending = [root, ...all(root, '*')].filter(
      (each): each is ReactiveElement => 'isUpdatePending' in each && each.isUpdatePending === true,
    );
    if (pending.length === 0) return;
    await Promise.all(pending.map(({ updateComplete }) => updateComplete));
  }
}

/** Details of the requests of one type that reach `root`; they are cancelled, so nothing is done about them. */
export function requests<K extends keyof VcEventMap>(root: HTMLElement, type: K): VcEventMap[K][] {
  const seen: VcEventMap[K][] = [];
  root.addEventListener(type as string, (event) => {
    event.preventDefault();
    seen.push((event as VcEvent<K>).detail);
  });
  return seen;
}
