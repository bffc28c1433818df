import { createTokens } from '../../server/auth/tokens.ts';
import { agentHello, connect, visitorHello } from '../support/frames.ts';
import { SECRET } from '../support/server.ts';
import { BLANK, type Member } from './load/plan.ts';

/** Chats between visitors and agents, one each, for the load generator to go on with. */

/** Long enough that nobody is given up or requeued while the benchmark runs, in seconds. */
const PATIENCE = 86_400;
const SERVICE = 'lamps';
/** Chats that are opened at the same time. */
const AT_ONCE = 10;

export interface Conversation {
  readonly contact: string;
  readonly visitorToken: string;
  readonly agentToken: string;
}

/** A configuration with so many agents, as a file in the folder. */
export async function staffed(folder: string, agents: number): Promise<string> {
  const path = `${folder}/vicino.json`;
  const config = {
    graceSeconds: PATIENCE,
    services: [
      {
        id: SERVICE,
        name: 'Lamps',
        language: 'en',
        greeting: 'Hello',
        channels: { chat: true, voice: true, video: true },
        maxWaitSeconds: PATIENCE,
      },
    ],
    agents: Array.from({ length: agents }, (_, n) => ({
      id: agentName(n),
      name: `Agent ${n}`,
      languages: ['en'],
      limit: 1,
    })),
    origins: ['*'],
  };
  await Deno.writeTextFile(path, JSON.stringify(config));
  return path;
}

const agentName = (n: number): string => `agent-${n}`;

/** Opens a chat for each agent, and has it taken. */
export async function openConversations(port: number, count: number): Promise<Conversation[]> {
  const tokens = createTokens(SECRET, Date.now);
  const opened: Conversation[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, async (_, n) => {
      const agentToken = await tokens.signAgent({ agent: agentName(from + n), expiresIn: PATIENCE });
      return await openConversation(port, agentToken);
    });
    opened.push(...(await Promise.all(some)));
  }
  return opened;
}

async function openConversation(port: number, agentToken: string): Promise<Conversation> {
  const url = `ws://127.0.0.1:${port}/ws`;
  const [visitor, agent] = await Promise.all([connect(url), connect(url)]);
  visitor.send(visitorHello({ service: SERVICE }));
  agent.send(agentHello(agentToken));
  const [{ you }] = await Promise.all([visitor.next('welcome'), agent.next('welcome')]);
  const contact = crypto.randomUUID();
  visitor.send({ type: 'contact.open', contact, service: SERVICE, kind: 'chat' });
  await visitor.state(({ phase }) => phase === 'waiting');
  agent.send({ type: 'contact.take', contact });
  await visitor.state(({ phase }) => phase === 'assigned');
  await Promise.all([visitor.close(), agent.close()]);
  return { contact, visitorToken: you.side === 'visitor' ? you.token : '', agentToken };
}

const TEXT = 'It should not be too bright, and it has to fit under a ceiling of 2.20 m.';

/** Both sides of each conversation, writing to each other; `run` makes their messages others than those of former runs. */
export const writers = (conversations: readonly Conversation[], run: number): Member[] =>
  conversations.flatMap(({ contact, visitorToken, agentToken }, n) => {
    const template = JSON.stringify({ type: 'message.send', contact, id: `r${run}${BLANK}`, text: TEXT });
    const hellos = [visitorHello({ service: SERVICE, token: visitorToken }), agentHello(agentToken)];
    return hellos.map((hello, side) => ({
      path: '/ws',
      protocol: 'vc.v1',
      steps: [{ say: JSON.stringify(hello) }, { hear: '{"type":"welcome"' }],
      template,
      other: 2 * n + 1 - side,
    }));
  });

/** What stands before the number of a message of the run. */
export const markerOf = (run: number): string => `"id":"r${run}n`;
