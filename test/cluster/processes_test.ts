import assert from 'node:assert/strict';
import { CloseCode } from '../../core/protocol/codes.ts';
import { agentHello, connect, newClient, type RawClient, visitorHello, wordsOf } from '../support/frames.ts';
import { NatsServers } from '../support/nats-server.ts';
import { type ServerProcess, spawnServer } from '../support/server.ts';

const contact = 'c1';

async function hello(server: ServerProcess, frame: object) {
  const client = await connect(server.wsUrl);
  client.send(frame);
  return { client, welcome: await client.next('welcome') };
}

async function agentToken(server: ServerProcess): Promise<string> {
  const response = await fetch(`${server.url}/api/demo/token`, { method: 'POST', body: '{"agent":"anna"}' });
  return (await response.json()).token;
}

/** Two processes on one NATS, a visitor on the first and on the second the agent who has taken their contact. */
async function twoProcesses(
  body: (
    scene: Readonly<Record<'one' | 'two', ServerProcess>> & {
      readonly visitor: Awaited<ReturnType<typeof hello>>;
      readonly agent: RawClient;
      /** The visitor's hello when they come back. */
      readonly again: object;
    },
  ) => Promise<void>,
): Promise<void> {
  await using nats = await NatsServers.start();
  const env = { VC_STORE: nats.address('test') };
  await using one = await spawnServer(env);
  await using two = await spawnServer(env);
  const page = newClient();
  const visitor = await hello(one, visitorHello({ client: page }));
  const { client: agent } = await hello(two, agentHello(await agentToken(two)));
  visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
  await agent.next('waiting.put');
  agent.send({ type: 'contact.take', contact });
  await visitor.client.state(({ phase }) => phase === 'assigned');
  const { you } = visitor.welcome;
  assert.ok(you.side === 'visitor');
  await body({ one, two, visitor, agent, again: visitorHello({ client: page, token: you.token }) });
}

Deno.test('S5 S6 of two processes one is killed: who was there goes on at the other, nothing is lost or doubled', () =>
  twoProcesses(async ({ one, two, visitor, agent, again }) => {
    const texts = Array.from({ length: 40 }, (_, n) => `m${n}`);
    const send = (client: RawClient, some: readonly string[]) => {
      for (const text of some) client.send({ type: 'message.send', contact, id: text, text });
    };
    send(visitor.client, texts.slice(0, 30));
    const acknowledged: string[] = [];
    while (acknowledged.length < 10) {
      const { entry } = await visitor.client.next('log.appended', ({ entry }) => entry.kind === 'message');
      acknowledged.push(entry.id);
    }
    await one.kill('SIGKILL');
    const { client } = await hello(two, again);
    const page = await client.next('log.page');
    const stored = page.entries.filter(({ kind }) => kind === 'message').map(wordsOf);
    assert.deepEqual(stored, texts.slice(0, stored.length));
    assert.ok(acknowledged.every((text) => stored.includes(text)));
    send(client, texts);
    await client.next('log.appended', ({ entry }) => entry.id === 'm39');
    // The agent's window was open all the time: it hears also of what the dead one wrote and had no time to tell.
    const heard = new Map<number, string>();
    while ([...heard.values()].filter((text) => text.startsWith('m')).length < texts.length) {
      const { entry } = await agent.next('log.appended');
      heard.set(entry.offset, wordsOf(entry));
    }
    const inOrder = [...heard].toSorted(([a], [b]) => a - b).map(([, text]) => text);
    assert.deepEqual(
      inOrder.filter((text) => text.startsWith('m')),
      texts,
    );
    agent.send({ type: 'log.read', contact, after: 0 });
    const { entries } = await agent.next('log.page');
    assert.deepEqual(entries.filter(({ kind }) => kind === 'message').map(wordsOf), texts);
  }));

Deno.test('S5 S10 a process that is told to end sends everybody to the others', () =>
  twoProcesses(async ({ one, two, visitor, agent, again }) => {
    const ended = one.kill('SIGTERM');
    assert.equal((await visitor.client.closed).code, CloseCode.restart);
    const { client } = await hello(two, again);
    assert.equal((await ended).code, 0);
    client.send({ type: 'message.send', contact, id: 'm1', text: 'here again' });
    await agent.next('log.appended', ({ entry }) => entry.id === 'm1');
    client.socket.close();
    // Of the process that is gone nobody is counted any more.
    await agent.state(({ away }) => away.visitor !== null);
  }));

Deno.test('S5 S6 a process that was stopped for long has been given up, and knows it when it goes on', () =>
  twoProcesses(async ({ one, two, visitor, agent, again }) => {
    one.signal('SIGSTOP');
    await agent.state(({ away }) => away.visitor !== null);
    const { client } = await hello(two, again);
    await agent.state(({ away }) => away.visitor === null);
    one.signal('SIGCONT');
    const { code } = await visitor.client.closed;
    assert.equal(code, CloseCode.restart);
    const back = await hello(one, again);
    back.client.send({ type: 'message.send', contact, id: 'm1', text: 'from the one that was stopped' });
    for (const reader of [agent, client]) await reader.next('log.appended', ({ entry }) => entry.id === 'm1');
    await agent.settled();
    assert.ok(
      agent.take('contact.state').every(({ contact: { away } }) => away.visitor === null),
      'nobody was taken for gone again',
    );
  }));
