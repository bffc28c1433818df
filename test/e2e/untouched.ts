/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { waitUntil } from './people.ts';

/** A page as a browser sees it that nobody has touched yet: whatever Playwright asks of a page counts as a gesture. */
export interface UntouchedPage {
  /** Goes there as a click on a link would. */
  goTo(url: string): Promise<void>;
  /** Clicks the button as soon as there is one; resolves when there is none any more. */
  clickAway(name: string): Promise<void>;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** @param page in Chromium */
export async function untouched(page: Page): Promise<UntouchedPage> {
  const session = await page.context().newCDPSession(page);
  const placeOf = async (name: string): Promise<Place | null> => {
    const expression = `(${middleOf})(${JSON.stringify(name)})`;
    const asked = { expression, userGesture: false, returnByValue: true };
    return (await session.send('Runtime.evaluate', asked)).result.value ?? null;
  };
  return {
    async goTo(url) {
      await session.send('Page.navigate', { url });
    },
    async clickAway(name) {
      const places: Place[] = [];
      await waitUntil(async () => {
        const place = await placeOf(name);
        if (place) places.push(place);
        return place !== null;
      }, `${name} is offered`);
      const { x = 0, y = 0 } = places[0] ?? {};
      for (const type of ['mousePressed', 'mouseReleased'] as const)
        await session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
      await waitUntil(async () => (await placeOf(name)) === null, `${name} is gone`);
    },
  };
}

/** The middle of the button of this name, or null. Runs in the page. */
function middleOf(name: string): Place | null {
  const all = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  const button = all(document).find((one) => one.localName === 'button' && one.textContent?.trim() === name);
  const { x, y, width, height } = button?.getBoundingClientRect() ?? new DOMRect();
  return width ? { x: x + width / 2, y: y + height / 2 } : null;
}
