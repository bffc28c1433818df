import assert from 'node:assert/strict';
import { MAX_RESPONSES } from '../../core/protocol/limits.ts';
import type { CannedResponse } from '../../core/protocol/schemas.ts';
import { Responses } from '../../server/desk/responses.ts';
import { Roster } from '../../server/desk/roster.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { demoConfig, type Guest, startServer } from '../support/server.ts';

const aResponse = (id: string, text = `text of ${id}`): CannedResponse => ({ id, shortcut: id, text });

function responsesOf({ welcome }: Guest) {
  assert.ok(welcome.you.side === 'agent');
  return welcome.you.responses;
}

Deno.test('M6 an agent is given the responses of their services, each with its service, and their own', async () => {
  await using server = await startServer();
  const { shared, own } = responsesOf(await server.agent('anna'));
  assert.deepEqual(
    shared.map(({ service, id }) => `${service} ${id}`),
    ['sales hello', 'sales moment', 'sales delivery', 'support hello', 'support moment', 'support restart'],
  );
  assert.match(shared[0]?.text ?? '', /What can I do for you\?/);
  assert.match(shared[3]?.text ?? '', /What is not working\?/);
  assert.deepEqual(own, []);
  // Carla answers sales alone.
  assert.deepEqual(
    responsesOf(await server.agent('carla')).shared.map(({ id }) => id),
    ['hello', 'moment', 'delivery'],
  );
});

Deno.test('M6 what an agent keeps reaches all their windows, nobody else, and is there again later', async () => {
  await using server = await startServer();
  const [first, second] = [await server.agent('anna'), await server.agent('anna')];
  const other = await server.agent('ben');
  const bye = aResponse('bye', 'Good-bye {visitor} 👋');
  first.client.send({ type: 'response.put', response: bye });
  first.client.send({ type: 'response.put', response: aResponse('again') });
  for (const { client } of [first, second]) {
    assert.deepEqual((await client.next('responses.state')).own, [bye]);
    assert.deepEqual((await client.next('responses.state')).own, [aResponse('again'), bye]);
  }
  second.client.send({ type: 'response.put', response: { ...bye, text: 'Bye' } });
  second.client.send({ type: 'response.delete', id: 'again' });
  await first.client.next('responses.state');
  assert.deepEqual((await first.client.next('responses.state')).own, [{ ...bye, text: 'Bye' }]);
  await other.client.settled();
  assert.deepEqual(other.client.take('responses.state'), []);
  assert.deepEqual(responsesOf(await server.agent('anna')).own, [{ ...bye, text: 'Bye' }]);
  assert.deepEqual(responsesOf(await server.agent('ben')).own, []);
});

Deno.test('M6 S9 what is not there, not allowed or no response is refused', async () => {
  await using server = await startServer();
  const { client } = await server.agent('anna');
  const visitor = (await server.visitor()).client;
  client.send({ type: 'response.delete', id: 'hello', ref: 'r1' });
  assert.deepEqual(await client.next('error'), {
    type: 'error',
    code: 'response.unknown',
    message: 'Cannot delete the response: there is no such response of yours.',
    ref: 'r1',
  });
  for (const response of [
    { ...aResponse('a'), shortcut: 'two words' },
    { ...aResponse('a'), text: '' },
    { ...aResponse('a/b'), shortcut: 'a' },
    { ...aResponse('a'), text: 'x'.repeat(4_001) },
  ]) {
    client.send({ type: 'response.put', response });
    assert.equal((await client.next('error')).code, 'frame.malformed');
  }
  visitor.send({ type: 'response.put', response: aResponse('a') });
  assert.equal((await visitor.next('error')).code, 'frame.out-of-state');
});

Deno.test('M6 S9 an agent keeps so many and no more; changing one of them goes on', async () => {
  const store = await openSqlite(':memory:');
  const responses = new Responses(store, new Roster(await demoConfig()));
  for (let i = 0; i < MAX_RESPONSES; i++) assert.ok((await responses.put('anna', aResponse(`r${i}`))).ok);
  const refused = await responses.put('anna', aResponse('one-more'));
  assert.ok(!refused.ok && refused.code === 'response.too-many');
  assert.ok((await responses.put('anna', aResponse('r7', 'changed'))).ok);
  assert.ok((await responses.put('ben', aResponse('one-more'))).ok);
  assert.ok((await responses.delete('anna', 'r0')).ok);
  assert.ok((await responses.put('anna', aResponse('one-more'))).ok);
  const own = await responses.own('anna');
  assert.equal(own.length, MAX_RESPONSES);
  assert.equal(own.find(({ id }) => id === 'r7')?.text, 'changed');
  await store.close();
});
