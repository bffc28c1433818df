import assert from 'node:assert/strict';
import { wordsOf } from '../support/frames.ts';
import { Deafness, type Instances, onShared } from '../support/instances.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { passing } from '../support/passing-time.ts';

const contact = 'c1';
let time: ManualTimers;
let deafness: Deafness;

const options = () => {
  time = new ManualTimers();
  deafness = new Deafness();
  return { clock: time.clock, timers: time, faults: deafness };
};

/** An agent at the instance that will hear nothing, with the contact of a visitor at the other. */
async function converse({ one, two }: Instances) {
  const agent = (await one.agent('anna')).client;
  const visitor = await two.visitor();
  visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
  await agent.next('waiting.put');
  agent.send({ type: 'contact.take', contact });
  await visitor.client.state(({ phase }) => phase === 'assigned');
  await agent.next('log.appended');
  return { agent, visitor: visitor.client };
}

onShared(
  'S5 S6 what was lost on the way between instances is made up for, without anybody reconnecting',
  async (instances) => {
    const { two } = instances;
    const { agent, visitor } = await converse(instances);
    deafness.isDeaf = true;
    const texts = ['one', 'two', 'three'];
    for (const text of texts) visitor.send({ type: 'message.send', contact, id: text, text });
    await visitor.next('log.appended', ({ entry }) => entry.id === 'three');
    const other = (await two.visitor()).client;
    other.send({ type: 'contact.open', contact: 'c2', service: 'sales', kind: 'chat' });
    await other.entries(1);
    await visitor.close();
    deafness.isDeaf = false;
    // Nobody says anything more: that something is missing shows in the lease of the other.
    const made = async () => {
      const heard = [];
      while (heard.length < texts.length) {
        const { entry } = await agent.next('log.appended', ({ entry }) => entry.kind === 'message');
        heard.push(wordsOf(entry));
      }
      await agent.next('waiting.put', ({ entry }) => entry.contact === 'c2');
      await agent.state(({ away }) => away.visitor !== null);
      return heard;
    };
    assert.deepEqual(await passing(time, two.store, agent, made()), texts);
  },
  options,
);

onShared(
  'S5 S6 an end that was lost on the way is made up for, and so is who came',
  async (instances) => {
    const { one, two } = instances;
    const { agent, visitor } = await converse(instances);
    deafness.isDeaf = true;
    const ben = await two.agent('ben');
    visitor.send({ type: 'contact.end', contact });
    await visitor.state(({ phase }) => phase === 'ended');
    await visitor.next('log.appended', ({ entry }) => wordsOf(entry) === 'contact.ended');
    deafness.isDeaf = false;
    // The next word shows that there were others before.
    ben.client.send({ type: 'agent.set', state: 'away', reason: null, voice: true, video: true });
    const made = async () => {
      await agent.state(({ phase }) => phase === 'ended');
      await agent.next('log.appended', ({ entry }) => wordsOf(entry) === 'contact.ended');
    };
    await passing(time, two.store, agent, made());
    const { client } = await one.visitor();
    client.send({ type: 'contact.open', contact: 'c2', service: 'sales', kind: 'chat' });
    // The other agent is there, and away: nobody else is asked.
    const alone = agent.next('waiting.put', ({ entry }) => entry.contact === 'c2' && entry.star);
    await passing(time, two.store, agent, alone);
  },
  options,
);
