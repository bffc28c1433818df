import type { Locator, Page } from 'playwright-core';

/** What a person does and sees, by the accessible names of the product. */

export const openChat = (page: Page) => page.getByRole('button', { name: 'Open chat' }).click();

export async function say(where: Page | Locator, text: string): Promise<void> {
  await where.getByRole('textbox', { name: 'Message' }).fill(text);
  await where.getByRole('button', { name: 'Send', exact: true }).click();
}

export const conversation = (where: Page | Locator) => where.getByRole('log', { name: 'Conversation' });

/** Resolves when the conversation shows the text. */
export const sees = (where: Page | Locator, text: string | RegExp) =>
  conversation(where).getByText(text).first().waitFor();

/** The one panel on the desk, or the panel of this visitor. */
export const panel = (page: Page, name?: string) =>
  page.getByRole('region', { name: 'Assigned' }).getByRole('article', name ? { name } : {});

export const takeNext = (page: Page, how: { force?: boolean } = {}) =>
  page.getByRole('button', { name: 'Take next contact' }).click(how);

/** Resolves when someone waits. */
export const someoneWaits = (page: Page) =>
  page
    .getByRole('region', { name: 'Waiting' })
    .getByRole('button', { name: /^Take Visitor/ })
    .first()
    .waitFor();

export const channel = (where: Page | Locator, name: 'Sharing' | 'Chat' | 'Voice' | 'Video') =>
  where.getByRole('button', { name, exact: true });

/** What waits on the desk, one entry of the list each. */
export const waiting = (page: Page, text?: string | RegExp) =>
  page
    .getByRole('region', { name: 'Waiting' })
    .getByRole('listitem')
    .filter(text ? { hasText: text } : {});

/** Takes the first of the list, and gives the visitor's name. */
export async function take(page: Page): Promise<string> {
  const button = waiting(page)
    .first()
    .getByRole('button', { name: /^Take / });
  const name = ((await button.textContent()) ?? '').trim();
  await button.click();
  await panel(page, name).waitFor();
  return name;
}

/** A visitor writes, and the agent takes them: gives their name on the desk. */
export async function converse(visitor: Page, agent: Page, text: string): Promise<string> {
  await openChat(visitor);
  await say(visitor, text);
  const name = await take(agent);
  await sees(panel(agent, name), text);
  return name;
}

/** Shows what is known of the visitor of the open contact. */
export async function visitorFacts(where: Locator): Promise<Locator> {
  await where.getByRole('tab', { name: 'Visitor' }).click();
  return where.getByRole('tabpanel', { name: 'Visitor' });
}

export async function closeContact(page: Page): Promise<void> {
  await panel(page).getByRole('button', { name: 'Close contact' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close contact?' });
  await dialog.getByRole('button', { name: 'Close contact' }).click();
}

/** Saves a file with a click, and reads it. */
export async function download(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const [saved] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: saved.suggestedFilename(), text: await Deno.readTextFile(await saved.path()) };
}

/** Resolves when the channel button shows the state. */
export async function channelIs(where: Page | Locator, name: 'Chat' | 'Voice' | 'Video', state: string) {
  const button = await channel(where, name).elementHandle();
  await waitUntil(async () => (await button?.getAttribute('data-state')) === state, `${name} is ${state}`);
}

/** Asks again and again until it holds, but not so often that the page is busy with answers. */
export async function waitUntil(holds: () => Promise<boolean>, what: string, limit = 20_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${limit} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A visitor wrote, an agent took it: both are in conversation. */
export async function inConversation(
  visitor: Page,
  agent: Page,
  text = 'Hello, is anybody there?',
): Promise<void> {
  await openChat(visitor);
  await say(visitor, text);
  await someoneWaits(agent);
  await takeNext(agent);
  await sees(panel(agent), text);
}
