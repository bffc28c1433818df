/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { hearsVoice, showsPictures } from './media.ts';
import { channel, channelIs, inConversation, panel } from './people.ts';

/** What a person does and sees in a call, by the accessible names of the product. */

export const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Call controls' });

export const control = (page: Page, name: string): Locator =>
  bar(page).getByRole('button', { name, exact: true });

export const request = (page: Page, kind: 'Video' | 'Voice' = 'Video'): Locator =>
  page.getByRole('dialog', { name: `${kind} call request` });

/** Resolves when voice and video of the open contact are in this state at the desk. */
export async function channelsAre(desk: Page, state: string): Promise<void> {
  await channelIs(panel(desk), 'Voice', state);
  await channelIs(panel(desk), 'Video', state);
}

/** Resolves when all of these see and hear the other side. */
export const inTouch = async (...pages: Page[]): Promise<void> =>
  void (await Promise.all(pages.flatMap((page) => [showsPictures(page, 'remote'), hearsVoice(page)])));

/** Resolves when none of these is in a call any more. */
export const noCall = async (...pages: Page[]): Promise<void> =>
  void (await Promise.all(pages.map((page) => bar(page).waitFor({ state: 'detached' }))));

/** The agent asks, the visitor shows themselves too: both see and hear each other. */
export async function videoCall(shop: Page, desk: Page): Promise<void> {
  await callAccepted(shop, desk);
  await inTouch(shop, desk);
}

/** Both in a conversation and in a video call of it, and see each other. */
export async function inVideoCall(shop: Page, desk: Page): Promise<void> {
  await inConversation(shop, desk);
  await callAccepted(shop, desk);
  await Promise.all([shop, desk].map((page) => showsPictures(page, 'remote')));
}

async function callAccepted(shop: Page, desk: Page): Promise<void> {
  await channel(panel(desk), 'Video').click();
  await request(shop).getByRole('button', { name: 'Accept with video' }).click();
  await channelsAre(desk, 'active');
}

/** Takes the call out of the page, and gives the window it is in then. */
export async function detach(page: Page): Promise<Page> {
  const [view] = await Promise.all([
    page.context().waitForEvent('page'),
    control(page, 'Detach video').click(),
  ]);
  await showsPictures(view, 'remote');
  return view;
}

/** Brings the call back into its page. From there, since its window closes under a click in it. */
export const bringBack = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Return video' }).click();

/** The four words by which both know that nobody stands in between. */
export async function safetyWords(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Safety words' }).click();
  const dialog = page.getByRole('dialog', { name: 'Safety words' });
  const words = (await dialog.locator('.words').textContent()) ?? '';
  assert.match(words, /^[a-z]{3,8}( · [a-z]{3,8}){3}$/);
  await page.keyboard.press('Escape');
  return words;
}
