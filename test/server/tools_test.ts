import assert from 'node:assert/strict';
import type { LogEntry } from '../../core/protocol/server-frames.ts';
import { converse } from '../support/conversation.ts';
import type { RawClient } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { startServer } from '../support/server.ts';
import { servicesWith } from '../support/services.ts';

const contact = 'c1';
const SECRET_WORD = 'difficult customer';

const refusalOf = async (client: RawClient, frame: object): Promise<string> => {
  client.send(frame);
  return (await client.next('error')).code;
};

const kindsOf = (entries: readonly LogEntry[]): string[] =>
  entries.map((entry) => (entry.kind === 'event' ? entry.event : entry.kind));

/** Everything a client has been sent, as it came over the wire. */
function wireOf(client: RawClient): string[] {
  const texts: string[] = [];
  client.socket.addEventListener('message', ({ data }) => texts.push(data));
  return texts;
}

Deno.test('M8 a note reaches agents alone: live, in pages, after a resume, and for who sends its id again', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  const wire = wireOf(visitor.client);
  agent.client.send({ type: 'note.add', contact, id: 'n1', text: SECRET_WORD });
  const [note] = await agent.client.entries(1);
  assert.deepEqual(note?.kind === 'note' && [note.text, note.author.name], [SECRET_WORD, 'Anna']);
  const [hidden] = await visitor.client.entries(1);
  assert.deepEqual(
    hidden,
    { kind: 'hidden', id: `h-${note?.offset}`, offset: note?.offset, previous: note?.previous, at: note?.at },
    'nothing but its place',
  );
  visitor.client.send({ type: 'log.read', contact, after: 0 });
  const page = await visitor.client.next('log.page');
  assert.deepEqual(kindsOf(page.entries), ['contact.opened', 'contact.taken', 'hidden']);
  assert.equal(page.head, note?.offset);
  // An id gives nothing away, in either direction.
  for (const id of ['n1', `h-${note?.offset}`])
    assert.equal(
      await refusalOf(visitor.client, { type: 'message.send', contact, id, text: 'x' }),
      'frame.malformed',
    );
  const resume = [{ contact, epoch: server.store.epoch, offset: 1 }];
  const again = await server.visitor({ token, resume });
  const more = wireOf(again.client);
  assert.deepEqual(kindsOf((await again.client.next('log.page')).entries), ['contact.taken', 'hidden']);
  again.client.send({ type: 'log.read', contact, after: 0 });
  await again.client.next('log.page');
  assert.ok(wire.length > 2 && more.length > 0);
  assert.ok(![...wire, ...more].some((text) => text.includes(SECRET_WORD)));
});

Deno.test('M8 a note sent again is acknowledged and stands once', async () => {
  await using server = await startServer();
  const { agent, visitor } = await converse(server);
  const note = { type: 'note.add', contact, id: 'n1', text: 'first' };
  agent.client.send(note);
  agent.client.send({ ...note, text: 'second' });
  const [first, again] = await agent.client.entries(2);
  assert.deepEqual(again, first);
  await visitor.client.settled();
  assert.equal(visitor.client.take('log.appended').length, 1);
  visitor.client.send({ type: 'contact.end', contact });
  await agent.client.state(({ phase }) => phase === 'ended');
  agent.client.take('log.appended');
  agent.client.send(note);
  assert.equal((await agent.client.next('log.appended')).entry.id, 'n1', 'it was in time');
  assert.equal(await refusalOf(agent.client, { ...note, id: 'n2' }), 'contact.ended');
});

Deno.test('M8 notes are no business of a visitor, and no answer', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  const note = { type: 'note.add', contact, id: 'n1', text: 'x' };
  assert.equal(await refusalOf(visitor.client, note), 'frame.out-of-state');
  agent.client.send(note);
  await agent.client.entries(1);
  const { contact: stored } = (
    await server.store.get<{ contact: { answeredAt: number | null } }>(`contact/${contact}`)
  )?.value ?? { contact: { answeredAt: -1 } };
  assert.equal(stored.answeredAt, null);
});

Deno.test('S12 the first message of an agent is the answer', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const { visitor, agent } = await converse(server);
  const answeredAt = async () =>
    (await server.store.get<{ contact: { answeredAt: number | null } }>(`contact/${contact}`))?.value.contact
      .answeredAt;
  visitor.client.send({ type: 'message.send', contact, id: 'm1', text: 'Hello?' });
  await visitor.client.settled();
  assert.equal(await answeredAt(), null);
  const at = time.clock() + 5_000;
  for (const id of ['m2', 'm3']) {
    time.advance(5_000);
    agent.client.send({ type: 'message.send', contact, id, text: 'Hello!' });
    await agent.client.settled();
  }
  assert.equal(await answeredAt(), at);
});

Deno.test('M5 an agent shows a page of the web, and the visitor may let them take theirs along', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  agent.client.send({ type: 'link.push', contact, url: ' https://shop.example/lamps?a=1 ' });
  const [pushed] = await visitor.client.entries(1);
  assert.deepEqual(pushed?.kind === 'event' && [pushed.event, pushed.name, pushed.text], [
    'link.pushed',
    'Anna',
    'https://shop.example/lamps?a=1',
  ]);
  for (const [allow, event] of [
    [true, 'link.allowed'],
    [false, 'link.refused'],
  ] as const) {
    visitor.client.send({ type: 'link.consent', contact, allow });
    await agent.client.state(({ follows }) => follows === allow);
    assert.deepEqual(kindsOf(await visitor.client.entries(1)), [event]);
  }
  assert.equal(
    await refusalOf(agent.client, { type: 'link.consent', contact, allow: true }),
    'frame.out-of-state',
  );
});

Deno.test('M5 what is no web address is not shown', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  const urls = [
    '',
    'shop',
    '/lamps',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://',
  ];
  for (const url of urls)
    assert.equal(await refusalOf(agent.client, { type: 'link.push', contact, url }), 'link.invalid', url);
  await visitor.client.settled();
  assert.deepEqual(visitor.client.take('log.appended'), []);
  const url = 'https://shop.example';
  assert.equal(await refusalOf(visitor.client, { type: 'link.push', contact, url }), 'frame.out-of-state');
});

Deno.test('M3 agents see what is typed where the service says so, visitors never do', async () => {
  for (const typingPreview of [true, false]) {
    const services = await servicesWith('sales', { typingPreview });
    await using server = await startServer({ config: { services } });
    const { visitor, agent } = await converse(server);
    const typing = { type: 'typing.set', contact, on: true, text: 'I want to compl' };
    visitor.client.send(typing);
    const seen = await agent.client.next('typing');
    assert.equal(seen.on, true);
    assert.equal(seen.text, typingPreview ? 'I want to compl' : undefined);
    visitor.client.send({ ...typing, on: false });
    assert.equal((await agent.client.next('typing')).text, undefined);
    agent.client.send(typing);
    assert.equal((await visitor.client.next('typing')).text, undefined);
  }
});

Deno.test('M3 a service that was not announced to the visitor sees nothing either', async () => {
  const services = await servicesWith('support', { typingPreview: true });
  await using server = await startServer({ config: { services } });
  const { visitor, agent } = await converse(server);
  const ben = await server.agent('ben');
  const to = { kind: 'service', id: 'support' };
  agent.client.send({ type: 'transfer.offer', contact, to, note: '' });
  await ben.client.next('waiting.put', ({ entry }) => entry.transfer !== null);
  ben.client.send({ type: 'contact.take', contact });
  await visitor.client.state((state) => state.agent?.id === 'ben');
  visitor.client.send({ type: 'typing.set', contact, on: true, text: 'secret' });
  assert.equal((await ben.client.next('typing')).text, undefined);
});

Deno.test('C17 a visitor rates after the end, once more to change it', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  const rate = { type: 'contact.rate', contact, score: 4, comment: '  Quick. ' };
  assert.equal(await refusalOf(visitor.client, rate), 'frame.out-of-state');
  agent.client.send({ type: 'contact.end', contact });
  await visitor.client.state(({ phase }) => phase === 'ended');
  visitor.client.send(rate);
  for (const { client } of [visitor, agent]) {
    const { rating } = await client.state((state) => state.rating !== null);
    assert.deepEqual(rating, { score: 4, comment: 'Quick.' });
    const { entry } = await client.next(
      'log.appended',
      ({ entry }) => entry.kind === 'event' && entry.event === 'contact.rated',
    );
    assert.deepEqual(entry.kind === 'event' && [entry.score, entry.text], [4, 'Quick.']);
  }
  visitor.client.send({ ...rate, score: 5, comment: '' });
  await agent.client.state((state) => state.rating?.score === 5);
  assert.equal(await refusalOf(visitor.client, { ...rate, score: 6 }), 'frame.malformed');
  assert.equal(await refusalOf(agent.client, rate), 'frame.out-of-state');
});

Deno.test('C13 a contact begins with the colour of its service, and the agent sets another', async () => {
  const services = await servicesWith('sales', { colour: 'green' });
  await using server = await startServer({ config: { services } });
  const anna = await server.agent('anna');
  const { client } = await server.visitor();
  client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
  assert.equal((await anna.client.next('waiting.put')).entry.colour, 'green');
  anna.client.send({ type: 'contact.take', contact });
  await anna.client.state(({ desk }) => desk?.colour === 'green');
  anna.client.send({ type: 'contact.colour', contact, colour: 'red' });
  await anna.client.state(({ desk }) => desk?.colour === 'red');
  anna.client.send({ type: 'contact.colour', contact, colour: null });
  await anna.client.state(({ desk }) => desk?.colour === null);
  assert.equal(
    await refusalOf(anna.client, { type: 'contact.colour', contact, colour: 'beige' }),
    'frame.malformed',
  );
  await client.settled();
  assert.ok(client.take('contact.state').every((frame) => frame.contact.desk === null));
});

Deno.test('C1 a visitor who gave a name writes under it', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  client.send({
    type: 'contact.open',
    contact,
    service: 'sales',
    kind: 'lead',
    form: { kind: 'lead', name: 'Ada', email: 'ada@example.com', number: '', text: 'Hello' },
  });
  client.send({ type: 'message.send', contact, id: 'm1', text: 'And one more thing' });
  const [, message] = await client.entries(2);
  assert.equal(message?.kind === 'message' && message.author.name, 'Ada');
});
