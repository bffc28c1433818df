import type { Browser, Page } from 'playwright-core';
import { inConversation } from '../../e2e/people.ts';
import { type Product, type ProductOptions, startProduct } from '../../e2e/product.ts';
import { launchChromium } from '../../support/chromium.ts';
import { bareRelay } from './bare-call.ts';

/** A visitor and an agent in conversation, and a bare page beside each, in the same two browsers. */
export interface CallRig {
  readonly product: Product;
  readonly browsers: readonly [visitor: Browser, agent: Browser];
  readonly shop: Page;
  readonly desk: Page;
  /** Where the bare page is. */
  readonly bareUrl: string;
  readonly bare: readonly [visitor: Page, agent: Page];
  close(): Promise<void>;
}

export interface CallRigOptions extends ProductOptions {
  /** What both pages of the product find chosen on this computer. */
  readonly devices?: object;
  /** Pictures a second of the cameras; default: what Chromium makes up. */
  readonly pictures?: number;
}

/** Milliseconds until a benchmark is given up: without browsers whatever it waits for fails. */
const LONGEST = 600_000;

export async function openCallRig(rig: CallRigOptions = {}): Promise<CallRig> {
  const { devices = {}, pictures, ...options } = rig;
  const product = await startProduct(options);
  const relay = bareRelay();
  const args = pictures ? [`--use-fake-device-for-media-stream=fps=${pictures}`] : [];
  const browsers = await Promise.all([launchChromium({ args }), launchChromium({ args })]);
  const [visitorBrowser, agentBrowser] = browsers;
  const endless = setTimeout(() => Promise.all(browsers.map((browser) => browser.close())), LONGEST);
  const open = async (browser: Browser, url: string) => {
    const page = await browser.newPage();
    await page.addInitScript(
      (choices) => localStorage.setItem('vicino-devices', choices),
      JSON.stringify(devices),
    );
    await page.goto(url);
    return page;
  };
  const [shop, desk] = await Promise.all([
    open(visitorBrowser, product.url),
    open(agentBrowser, `${product.url}/agent?as=anna`),
  ]);
  await inConversation(shop, desk);
  const bare = [await visitorBrowser.newPage(), await agentBrowser.newPage()] as const;
  await Promise.all(bare.map((page) => page.goto(relay.url)));
  return {
    product,
    browsers,
    shop,
    desk,
    bareUrl: relay.url,
    bare,
    async close() {
      clearTimeout(endless);
      await Promise.all(browsers.map((browser) => browser.close()));
      await relay.close();
      await product.dispose();
    },
  };
}
