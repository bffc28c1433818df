import assert from 'node:assert/strict';
import type { RawClient } from '../support/frames.ts';
import { type Instances, onShared } from '../support/instances.ts';
import { demoConfig, type TestServer } from '../support/server.ts';

const { agents, services } = await demoConfig();

/** A visitor who waits under the name of their contact, at one instance, known at the other. */
async function waiting(at: TestServer, contact: string, kind: 'chat' | 'video', knowing: RawClient) {
  const { client } = await at.visitor();
  client.send({ type: 'contact.open', contact, service: 'sales', kind });
  await knowing.next('waiting.put', ({ entry }) => entry.contact === contact);
  return client;
}

/** What an agent who asked for a contact hears: that it is theirs, or why it is not. */
async function outcome(client: RawClient, contact: string): Promise<'has' | string> {
  const has = client.next('contact.state', (frame) => frame.contact.id === contact).then(() => 'has');
  const refused = client.next('error', (frame) => frame.contact === contact).then(({ code }) => code);
  const first = await Promise.race([has, refused]);
  for (const other of [has, refused]) other.catch(() => {});
  return first;
}

/** More would be said in a short time than one socket may say. */
const ROUNDS_OF_A_SOCKET = 40;

onShared(
  'S5 C8 of two agents at two instances one gets the contact, every time, and the other is told who',
  async ({ one, two }, times) => {
    const rounds = times(200);
    for (let begun = 0; begun < rounds; begun += ROUNDS_OF_A_SOCKET) {
      const anna = (await one.agent('anna')).client;
      const ben = (await two.agent('ben')).client;
      for (let round = begun; round < Math.min(rounds, begun + ROUNDS_OF_A_SOCKET); round++) {
        const contact = `c${round}`;
        const visitor = await waiting(round % 2 ? one : two, contact, 'chat', anna);
        await ben.next('waiting.put', ({ entry }) => entry.contact === contact);
        for (const client of [anna, ben]) client.send({ type: 'contact.take', contact });
        const outcomes = await Promise.all([anna, ben].map((client) => outcome(client, contact)));
        assert.deepEqual(outcomes.toSorted(), ['contact.taken', 'has']);
        const winner = outcomes[0] === 'has' ? 'anna' : 'ben';
        const { agent } = await visitor.state(({ phase }) => phase === 'assigned');
        assert.equal(agent?.id, winner);
        (winner === 'anna' ? anna : ben).send({ type: 'contact.end', contact });
        await visitor.state(({ phase }) => phase === 'ended');
        await visitor.close();
      }
      await Promise.all([anna.close(), ben.close()]);
    }
  },
  { config: { agents: agents.map((agent) => ({ ...agent, limit: 100 })) } },
);

/** An agent with a window at each instance asks in both for more than they may have. */
async function greedy({ one, two }: Instances, kind: 'chat' | 'video', rounds: number, limit: number) {
  const windows = [(await one.agent('anna')).client, (await two.agent('anna')).client] as const;
  for (let round = 0; round < rounds; round++) {
    const contacts = ['a', 'b', 'c', 'd'].map((name) => `${name}${round}`);
    const visitors = [];
    for (const [n, contact] of contacts.entries()) {
      const visitor = await waiting(n % 2 ? one : two, contact, kind, windows[0]);
      await windows[1].next('waiting.put', ({ entry }) => entry.contact === contact);
      visitors.push(visitor);
    }
    for (const [n, contact] of contacts.entries())
      windows[n < 2 ? 0 : 1].send({ type: 'contact.take', contact });
    const outcomes = await Promise.all(
      contacts.map((contact, n) => outcome(windows[n < 2 ? 0 : 1], contact)),
    );
    const had = outcomes.filter((what) => what === 'has').length;
    assert.ok(had <= limit, `${had} of ${limit}: ${outcomes.join()}`);
    assert.ok(
      outcomes.every((what) => what === 'has' || what === 'agent.at-capacity'),
      outcomes.join(),
    );
    for (const [n, visitor] of visitors.entries()) {
      visitor.send({ type: 'contact.end', contact: contacts[n] });
      await visitor.state(({ phase }) => phase === 'ended');
      await visitor.close();
    }
    // A limit that nobody reaches would keep nobody from anything: with the others gone there is room again.
    const visitor = await waiting(one, `e${round}`, kind, windows[0]);
    await windows[1].next('waiting.put', ({ entry }) => entry.contact === `e${round}`);
    windows[1].send({ type: 'contact.take', contact: `e${round}` });
    assert.equal(await outcome(windows[1], `e${round}`), 'has');
    visitor.send({ type: 'contact.end', contact: `e${round}` });
    await visitor.state(({ phase }) => phase === 'ended');
    await visitor.close();
    for (const window of windows) {
      await window.settled();
      window.take('waiting.put');
    }
  }
}

onShared(
  'S5 C15 an agent with windows at two instances never has more contacts than they may',
  (instances, times) => greedy(instances, 'chat', times(40), 1),
  { config: { agents: agents.map((agent) => ({ ...agent, limit: 1 })) } },
);

onShared(
  'S5 C15 where a video call must be the only contact, it is across instances too',
  (instances, times) => greedy(instances, 'video', times(40), 1),
  { config: { services: services.map((service) => ({ ...service, videoAlone: true })) } },
);
