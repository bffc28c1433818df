const EDGE = 8;

/**
 * Puts an open popover above `anchor`, or below where there is more room, inside the window and no larger than that room: in the
 * middle of it, or where both start.
 */
export function placePopover(
  popover: HTMLElement,
  anchor: Element,
  align: 'middle' | 'start' = 'middle',
): void {
  const view = popover.ownerDocument.defaultView;
  if (!view) return;
  const { top, bottom, left, right } = anchor.getBoundingClientRect();
  const [above, below] = [top - 2 * EDGE, view.innerHeight - bottom - 2 * EDGE];
  const isAbove = above >= below;
  const { style } = popover;
  // In a window as low as its picture neither side is enough: then it covers what it belongs to.
  const room = Math.max(above, below, Math.min(320, view.innerHeight - 2 * EDGE));
  style.setProperty('max-height', `${room}px`);
  const width = Math.min(popover.offsetWidth, view.innerWidth - 2 * EDGE);
  const start = getComputedStyle(anchor).direction === 'rtl' ? right - width : left;
  const middle = (left + right - width) / 2;
  const height = Math.min(popover.offsetHeight, room);
  const block = isAbove ? top - EDGE - height : bottom + EDGE;
  style.setProperty('left', `${within(align === 'start' ? start : middle, view.innerWidth - width)}px`);
  style.setProperty('top', `${within(block, view.innerHeight - height)}px`);
}

const within = (at: number, end: number): number => Math.max(EDGE, Math.min(at, end - EDGE));
