import { chat } from '../elements/icons.ts';
import { inviteLater } from '../elements/widget/invite-later.ts';
import { launcherBusyCss, launcherCss } from '../elements/widget/launcher-styles.ts';
import { isLive } from '../elements/widget/live-flag.ts';

const SVG = 'http://www.w3.org/2000/svg';
const ICON = {
  viewBox: '0 0 20 20',
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': '1.75',
  'stroke-linejoin': 'round',
};
const TEXT = { open: 'Open chat', failed: 'The chat cannot be loaded. Click to try again.' };

/** What the tag says: `data-service`, `data-agent`, `data-locale`, `data-theme`, `data-position`, `data-identity`. */
export type TagData = Readonly<Partial<Record<string, string>>>;

/** Where the modules are that are loaded when they are needed. */
export interface Addresses {
  /** Registers the widget. */
  readonly widget: string;
  /** Registers what shows invitations. */
  readonly invitations: string;
}

/**
 * Puts `<vc-widget>` into the page, with a launcher that works before the element is there. A page has one widget: a
 * second call does nothing.
 */
export function insertWidget(server: string, addresses: Addresses, data: TagData): void {
  if (document.querySelector('vc-widget')) return;
  const { service = '', agent, locale, theme, position, identity } = data;
  const widget = document.createElement('vc-widget');
  for (const [name, value] of Object.entries({ server, service, agent, locale, theme, position, identity }))
    if (value) widget.setAttribute(name, value);
  // Registered by a page of this document before: it draws itself, and invites.
  const drawn = !customElements.get('vc-widget');
  if (drawn) draw(widget, addresses.widget, service);
  document.body.append(widget);
  if (drawn) void inviteLater(widget, server, service, () => import(addresses.invitations));
}

/** Draws the launcher in the widget's own shadow root, which the element takes over when it is defined. */
function draw(widget: HTMLElement, address: string, service: string): void {
  const root = widget.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherCss + launcherBusyCss);
  root.adoptedStyleSheets = [sheet];
  const button = launcher();
  root.append(button);

  let loading: Promise<unknown> | undefined;
  let failures = 0;
  // Some browsers remember an address that failed; with another fragment it is another one.
  const load = () => (loading ??= import(failures ? `${address}#${failures}` : address));
  const reset = () => {
    loading = undefined;
    failures++;
  };
  // Nobody waits for it yet: the click tries again, and tells.
  const warm = () => load().catch(reset);
  button.addEventListener('pointerenter', warm);
  button.addEventListener('focus', warm);
  button.addEventListener('click', () => {
    button.ariaBusy = 'true';
    widget.setAttribute('open', '');
    load().catch(() => {
      reset();
      widget.removeAttribute('open');
      button.ariaBusy = null;
      button.title = TEXT.failed;
    });
    // Safari does not focus a clicked button, and the widget takes the focus over from it.
    button.focus();
  });
  if (isLive(service)) warm();
}

function launcher(): HTMLButtonElement {
  const button = document.createElement('button');
  button.className = 'launcher';
  button.dataset.loader = '';
  button.type = 'button';
  button.title = button.ariaLabel = TEXT.open;
  button.ariaExpanded = 'false';
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries(ICON)) svg.setAttribute(name, value);
  svg.ariaHidden = 'true';
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', chat);
  svg.append(path);
  button.append(svg);
  return button;
}
