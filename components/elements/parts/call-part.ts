import type { CSSResultOrNative, LitElement } from 'lit';
import { VcElement } from '../base-element.ts';

const sheets = new WeakMap<object, WeakMap<CSSResultOrNative, CSSStyleSheet>>();

/** A style as a sheet of another window: a constructed one belongs to the document whose window made it. */
function sheetIn(view: Window & typeof globalThis, style: CSSResultOrNative): CSSStyleSheet {
  const made = sheets.get(view) ?? new WeakMap<CSSResultOrNative, CSSStyleSheet>();
  sheets.set(view, made);
  let sheet = made.get(style);
  if (!sheet) {
    sheet = new view.CSSStyleSheet();
    const rules = style instanceof CSSStyleSheet ? [...style.cssRules] : null;
    sheet.replaceSync(
      rules ? rules.map(({ cssText }) => cssText).join('\n') : (style as { cssText: string }).cssText,
    );
    made.set(style, sheet);
  }
  return sheet;
}

/** The shadow root of an element that is put into another window than the one whose code it is; null in this one. */
export function rootElsewhere(element: LitElement): ShadowRoot | null {
  const view = element.ownerDocument.defaultView;
  if (!view || view === window) return null;
  const { elementStyles, shadowRootOptions } = element.constructor as typeof LitElement;
  const root = element.attachShadow(shadowRootOptions);
  root.adoptedStyleSheets = elementStyles.map((style) => sheetIn(view, style));
  return root;
}

/** Base of what a call shows: it can be drawn in the call's own window, too. */
export abstract class CallPart extends VcElement {
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return rootElsewhere(this) ?? super.createRenderRoot();
  }
}
