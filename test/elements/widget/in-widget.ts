import { fixture, html, nextFrame } from '@open-wc/testing';
import '../../../components/define/vc-widget.ts';
// The widget brings it with the first contact; here it is there at once.
import '../../../components/elements/widget/vc-widget-status.ts';
import type { Invitation } from '../../../components/elements/widget/invitations.ts';
import { VcWidget } from '../../../components/elements/widget/vc-widget.ts';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { aView } from '../parts/contact-fixture.ts';
import { aService, type FakeSession, fakeSession } from './fake-session.ts';

/** Every session made since the last {@link inWidget}. */
export const sessions: FakeSession[] = [];
VcWidget.createSession = (options) => {
  const session = fakeSession(options);
  sessions.push(session);
  return session;
};

/** What the service invites to; asked for by every widget that no loader brought. */
export const invitations: Invitation[] = [];
const fetched = window.fetch.bind(window);
window.fetch = (input, init) =>
  String(input).endsWith('/invitations')
    ? Promise.resolve(new Response(JSON.stringify(invitations)))
    : fetched(input, init);

/** All elements under `root`, through shadow roots, that can be seen. */
export function* shownIn(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (element.checkVisibility({ visibilityProperty: true })) yield element;
    if (element.shadowRoot) yield* shownIn(element.shadowRoot);
  }
}

/** Ends what moves into place: colours are measured on what stands. */
export function settleMotion(root: ParentNode): void {
  for (const element of shownIn(root))
    for (const animation of element.getAnimations())
      if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) animation.finish();
}

const nameOf = (element: HTMLElement): string => {
  const labelledBy = element.getAttribute('aria-labelledby');
  const label = labelledBy && (element.getRootNode() as ShadowRoot).getElementById(labelledBy)?.textContent;
  return (label || element.ariaLabel || element.textContent || '').trim();
};

/** A widget, open and online unless told otherwise. */
export async function inWidget({ theme = 'light', open = true, online = true } = {}) {
  sessions.length = 0;
  localStorage.clear();
  const widget = await fixture<VcWidget>(
    html`<vc-widget service="sales" theme=${theme as 'light'} ?open=${open}></vc-widget>`,
  );
  const session = () => {
    const made = sessions.at(-1);
    if (!made) throw new Error('Cannot use the session: none was made.');
    return made;
  };
  if (open && online) {
    session().visitor.dispatch({ type: 'connection', connection: 'online' });
    session().visitor.dispatch({ type: 'service', service: aService() });
  }
  /** Visible elements with this role and name, as `role=` or by their tag. */
  const all = (selector: string, name?: string): HTMLElement[] =>
    [...shownIn(widget.renderRoot as ShadowRoot)].filter(
      (element) => element.matches(selector) && (name === undefined || nameOf(element) === name),
    );
  const button = (name: string): HTMLButtonElement => {
    const [found] = all('button', name);
    if (!found) throw new Error(`Cannot find the button ${name}: it is not shown.`);
    return found as HTMLButtonElement;
  };
  const show = (change: Partial<ContactView>) => {
    const rev = (session().contact.state.view?.rev ?? 0) + 1;
    session().contact.dispatch({ type: 'viewed', view: aView({ ...change, rev }) });
  };
  const text = () =>
    all('*')
      .map((element) => element.shadowRoot?.textContent ?? '')
      .join('\n');
  const rest = async () => {
    await nextFrame();
    settleMotion(widget.renderRoot as ShadowRoot);
  };
  return { widget, session, all, button, show, text, rest };
}
