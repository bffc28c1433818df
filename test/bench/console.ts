/**
 * Time the agent's console spends in scripts for one new message, with 30 assigned and 200 waiting contacts, while the open
 * conversation has 50, 500 or 5,000 messages. The visitor is a bare socket and writes the next message when the console has
 * said that the last one was read. What the scripts do on their own in the same time is taken off. Prints medians, how the
 * longest conversation compares with the shortest, and what the page costs at rest.
 *
 *     npm run bench -- console [--rounds 3]
 */
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { type BusyDesks, type Caller, converse, openBusyDesks, write } from './busy-desks.ts';
import { median, table } from './figures.ts';
import { type MainThread, whileTracing } from './main-thread.ts';

const LIMIT = 1.3;
const ASSIGNED = 30;
const WAITING = 200;
/** Messages of the open conversation before a round, and whose desk it is on. */
const LENGTHS = { anna: 50, ben: 500, carla: 5_000 } as const;
/** Messages in one round. */
const MESSAGES = 100;
/** Milliseconds for which a page is watched while nothing happens. */
const CALM = 3_000;

type Agent = keyof typeof LENGTHS;
/** Milliseconds of scripts for one message, and what the page costs in one second at rest. */
type Cost = Readonly<{ script: number; rest: MainThread }>;
type Desk = Readonly<{ agent: Agent; browser: Browser; page: Page; callers: readonly Caller[] }>;

export async function consoleCost(rounds: number): Promise<boolean> {
  const agents = Object.keys(LENGTHS) as Agent[];
  const desks = await openBusyDesks(agents, { assigned: ASSIGNED, waiting: WAITING });
  const browser = await launchChromium({ fakeMedia: false });
  try {
    // A conversation of its own for every round, so that each begins with the same length; the first one warms up.
    await Promise.all(
      agents.flatMap((agent) =>
        callersOf(desks, agent)
          .slice(0, rounds + 1)
          .map((caller) => converse(desks, caller, LENGTHS[agent])),
      ),
    );
    const costs = new Map<Agent, readonly Cost[]>();
    // One desk at a time: the others would take the processor from it, with nothing happening on them.
    for (const agent of agents) costs.set(agent, await measureDesk(browser, desks, agent, rounds));
    return report(rounds, costs);
  } finally {
    await browser.close();
    await desks.close();
  }
}

function report(rounds: number, costs: ReadonlyMap<Agent, readonly Cost[]>): boolean {
  const rows = [...costs].map(([agent, rounds]) => ({
    length: LENGTHS[agent],
    script: median(rounds.map(({ script }) => script)),
    atRest: median(rounds.map(({ rest }) => rest.tasks)),
    scripts: rounds.map(({ script }) => script),
  }));
  const [shortest, longest] = [rows[0], rows.at(-1)];
  if (!shortest || !longest) throw new Error('Cannot compare conversations: none was measured');
  const ratio = longest.script / shortest.script;
  table(
    `Console, one new message with ${ASSIGNED} assigned and ${WAITING} waiting (${rounds} rounds of ${MESSAGES} messages, medians)`,
    ['messages before', 'script ms', 'of each round', 'at rest, all tasks ms/s'],
    rows.map(({ length, script, scripts, atRest }) => [
      String(length),
      script.toFixed(2),
      scripts.map((cost) => cost.toFixed(2)).join(' '),
      atRest.toFixed(0),
    ]),
  );
  console.log(
    `\nScript time at ${longest.length} messages to that at ${shortest.length}: ${ratio.toFixed(2)} (limit ${LIMIT})`,
  );
  return ratio <= LIMIT;
}

const callersOf = (desks: BusyDesks, agent: Agent): readonly Caller[] => desks.assigned.get(agent) ?? [];

/** The console of an agent in a browser profile of its own, with everything it will show. */
async function openDesk(browser: Browser, desks: BusyDesks, agent: Agent, rounds: number): Promise<Desk> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.goto(`${desks.url}/agent?as=${agent}`);
  const callers = callersOf(desks, agent);
  await page
    .locator('vc-contact-panel')
    .nth(callers.length - 1)
    .waitFor();
  // The row of each long conversation shows its last message: the history is here.
  for (const { contact } of callers.slice(0, rounds + 1))
    await panelOf(page, contact)
      .getByText(new RegExp(`^${LENGTHS[agent]} `))
      .first()
      .waitFor();
  return { agent, browser, page, callers };
}

const panelOf = (page: Page, contact: string) => page.locator(`vc-contact-panel[data-contact="${contact}"]`);

/** A round that warms up, and then those that count. */
async function measureDesk(
  browser: Browser,
  desks: BusyDesks,
  agent: Agent,
  rounds: number,
): Promise<readonly Cost[]> {
  const desk = await openDesk(browser, desks, agent, rounds);
  const costs: Cost[] = [];
  for (let round = 0; round <= rounds; round++) costs.push(await measure(desk, round));
  await desk.page.context().close();
  return costs.slice(1);
}

/** One round: the conversation is opened, the visitor writes, and the page is left alone for a while. */
async function measure({ agent, browser, page, callers }: Desk, round: number): Promise<Cost> {
  const caller = callers[round];
  if (!caller) throw new Error('Cannot measure another round: there are not so many contacts');
  const { client, contact } = caller;
  const panel = panelOf(page, contact);
  if ((await panel.getAttribute('expanded')) === null)
    await panel.getByRole('button', { name: /^Open / }).click();
  // The newest message there is has been read: the conversation stands at its end.
  await read(caller, write(client, caller, 'Are you there?'));

  let took = 0;
  const busy = await whileTracing(browser, page, async () => {
    const began = performance.now();
    for (let message = 0; message < MESSAGES; message++)
      await read(caller, write(client, caller, `Message ${message + 1} of round ${round} for ${agent}`));
    took = performance.now() - began;
  });
  // Clocks, rings and animations go on without a message.
  const calm = await whileTracing(browser, page, () => new Promise((resolve) => setTimeout(resolve, CALM)));
  const rest = { script: calm.script / (CALM / 1000), tasks: calm.tasks / (CALM / 1000) };
  return { script: (busy.script - rest.script * (took / 1000)) / MESSAGES, rest };
}

/** Resolves when the console says that the message of this id was read. */
async function read({ client }: Caller, id: string): Promise<void> {
  const { entry } = await client.next('log.appended', ({ entry }) => entry.id === id);
  await client.state(({ cursors }) => cursors.agent.read >= entry.offset);
}
