import type { ContactView } from '../../core/protocol/server-frames.ts';
import { agentHello, connect, type RawClient, visitorHello } from '../support/frames.ts';
import { type ServerProcess, spawnServer } from '../support/server.ts';

/** Stays below what a socket may send at once, the greeting and a question included. */
const BURST = 100;
/** Long enough that nothing is given up or requeued while the benchmark runs. */
const PATIENCE = 86_400;

/** A visitor at their page, with the contact they opened. */
export interface Caller {
  readonly contact: string;
  readonly client: RawClient;
  /** Says the visitor's hello on another socket. */
  readonly token: string;
}

/** A server whose agents have their hands full. */
export interface BusyDesks {
  readonly url: string;
  /** Contacts of each agent, in the order in which they were taken. */
  readonly assigned: ReadonlyMap<string, readonly Caller[]>;
  close(): Promise<void>;
}

/** Starts a server, gives each agent `assigned` chats, and lets `waiting` further visitors queue up. */
export async function openBusyDesks(
  agents: readonly string[],
  { assigned, waiting }: { assigned: number; waiting: number },
): Promise<BusyDesks> {
  const folder = await Deno.makeTempDir({ prefix: 'vicino-bench-' });
  const config = `${folder}/vicino.json`;
  await Deno.writeTextFile(config, JSON.stringify(await patientConfig(assigned)));
  const server = await spawnServer({ VC_CONFIG: config, VC_STORE: `sqlite:${folder}/vicino.sqlite` });
  const callers: Caller[] = [];
  const call = async (): Promise<Caller> => {
    const caller = await openChat(server);
    callers.push(caller);
    return caller;
  };
  const taken = new Map<string, readonly Caller[]>();
  for (const agent of agents) {
    const desk = await signIn(server, agent);
    const theirs: Caller[] = [];
    while (theirs.length < assigned) theirs.push(await take(desk, await call()));
    taken.set(agent, theirs);
    // Who has no connection keeps the contacts for a while: the console comes back to them.
    await desk.close();
  }
  for (let queued = 0; queued < waiting; queued++) await call();
  return {
    url: server.url,
    assigned: taken,
    async close() {
      await Promise.all(callers.map(({ client }) => client.close()));
      await server.kill('SIGTERM');
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The visitor writes so many messages; resolves when all are on disk. */
export async function converse({ url }: BusyDesks, caller: Caller, count: number): Promise<void> {
  for (let written = 0; written < count; written += BURST) {
    const client = await connect(`${url.replace('http', 'ws')}/ws`);
    client.send(visitorHello({ token: caller.token }));
    await client.next('welcome');
    for (let message = written; message < Math.min(written + BURST, count); message++)
      write(client, caller, `${message + 1} ${SAYINGS[message % SAYINGS.length]}`);
    await client.settled();
    await client.close();
  }
}

/** Sends one message; gives its id. */
export function write(client: RawClient, { contact }: Caller, text: string): string {
  const id = crypto.randomUUID();
  client.send({ type: 'message.send', contact, id, text });
  return id;
}

const SAYINGS = [
  'Hello',
  'I am looking for a lamp for the hall',
  'It should not be too bright, and it has to fit under a ceiling of 2.20 m. Do you have something like that?',
  'https://shop.example/lamps/moon in white?',
  'Thank you! And how long does it take until it is here, if I order it today?',
];

async function patientConfig(limit: number): Promise<object> {
  const base = JSON.parse(await Deno.readTextFile(new URL('../../demo/vicino.json', import.meta.url)));
  return {
    ...base,
    graceSeconds: PATIENCE,
    services: base.services.map((service: object) => ({ ...service, maxWaitSeconds: PATIENCE })),
    // One place is free, so that those who wait are offered.
    agents: base.agents.map((agent: object) => ({ ...agent, limit: limit + 1 })),
  };
}

async function openChat(server: ServerProcess): Promise<Caller> {
  const client = await connect(server.wsUrl);
  client.send(visitorHello());
  const { you } = await client.next('welcome');
  const contact = crypto.randomUUID();
  client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
  await client.state(({ phase }) => phase === 'waiting');
  return { contact, client, token: you.side === 'visitor' ? you.token : '' };
}

async function signIn(server: ServerProcess, agent: string): Promise<RawClient> {
  const answer = await fetch(`${server.url}/api/demo/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agent }),
  });
  const { token } = await answer.json();
  const client = await connect(server.wsUrl);
  client.send(agentHello(token));
  await client.next('welcome');
  return client;
}

async function take(desk: RawClient, caller: Caller): Promise<Caller> {
  const { contact, client } = caller;
  desk.send({ type: 'contact.take', contact });
  await client.state((view: ContactView) => view.phase === 'assigned');
  return caller;
}
