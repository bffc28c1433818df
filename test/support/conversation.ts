import type { ContactKind } from '../../core/contact/model.ts';
import { newClient } from './frames.ts';
import type { Guest, TestServer } from './server.ts';

/** One side of a contact: the guest, and the page load they are on. */
export interface Party extends Guest {
  readonly page: string;
}

export interface Conversation {
  readonly visitor: Party;
  readonly agent: Party;
  /** The visitor's token. */
  readonly token: string;
}

/** A visitor with a contact that an agent has taken. All frames sent up to then are read away, except those of a call. */
export async function converse(
  server: TestServer,
  {
    contact = 'c1',
    kind = 'chat',
    agent: name = 'anna',
  }: { contact?: string; kind?: ContactKind; agent?: string } = {},
): Promise<Conversation> {
  const pages = { visitor: newClient(), agent: newClient() };
  const visitor = { ...(await server.visitor({ client: pages.visitor })), page: pages.visitor };
  const agent = { ...(await server.agent(name, { client: pages.agent })), page: pages.agent };
  visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind });
  await agent.client.next('waiting.put', ({ entry }) => entry.contact === contact);
  agent.client.send({ type: 'contact.take', contact });
  for (const { client } of [visitor, agent]) {
    await client.state(({ phase }) => phase === 'assigned');
    await client.next(
      'log.appended',
      ({ entry }) => entry.kind === 'event' && entry.event === 'contact.taken',
    );
  }
  for (const { client } of [visitor, agent]) {
    await client.settled();
    client.take('log.appended');
    client.take('contact.state');
  }
  const { you } = visitor.welcome;
  return { visitor, agent, token: you.side === 'visitor' ? you.token : '' };
}
