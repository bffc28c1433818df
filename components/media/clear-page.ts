/**
 * Prepares the page for a picture of its body alone; gives the function that restores it. The widget is lifted to the
 * top layer, which does not belong to the body. The body must be a stacking context, and needs its background for
 * itself: that of the canvas, which it usually lends its own, is no part of it, and the picture would be black there.
 * @see https://screen-share.github.io/element-capture/#elements-eligible-for-restriction
 */
export function clearPage(): () => void {
  const sheet = new CSSStyleSheet();
  const ground = groundColour();
  sheet.replaceSync(`
    html { background-color: ${ground}; }
    body { background-color: ${ground}; isolation: isolate; min-block-size: 100vh; }
    vc-widget[popover] { border: 0; overflow: visible; background: none; color: inherit; }
  `);
  document.adoptedStyleSheets.push(sheet);
  const lifted = [...document.querySelectorAll<HTMLElement>('vc-widget')].filter(({ popover }) => !popover);
  for (const widget of lifted) {
    widget.popover = 'manual';
    widget.showPopover();
  }
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    for (const widget of lifted) widget.popover = null;
  };
}

const TRANSPARENT = 'rgba(0, 0, 0, 0)';

/** What the page stands on: the canvas takes it from the root, else from the body, else it is the browser's own. */
function groundColour(): string {
  const colours = [document.documentElement, document.body].map(
    (element) => getComputedStyle(element).backgroundColor,
  );
  return colours.find((colour) => colour !== TRANSPARENT) ?? 'Canvas';
}
