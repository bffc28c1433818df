import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { callBy, contact } from '../support/calling.ts';
import { type Conversation, converse } from '../support/conversation.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { text } from '../support/sending.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { servicesWith } from '../support/services.ts';

const MEGABYTE = 1_000_000;
const DAY = 24 * 60 * 60_000;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const whole = text(3 * MEGABYTE);

const anna = (server: TestServer) => server.tokens.signAgent({ agent: 'anna', expiresIn: 60 });
const addressOf = (server: TestServer, id = 'r1') => `${server.url}/api/contacts/${contact}/recordings/${id}`;

interface Putting {
  readonly offset?: number;
  readonly body?: BodyInit;
  readonly token?: string;
  readonly more?: Record<string, string>;
  readonly id?: string;
  readonly signal?: AbortSignal;
}

async function put(
  server: TestServer,
  { offset = 0, body = whole, token, more = {}, id, signal = AbortSignal.timeout(20_000) }: Putting = {},
): Promise<{
  status: number;
  entry?: { file: string; size: number } | null;
  offset?: number;
  code?: string;
}> {
  const response = await fetch(`${addressOf(server, id)}?offset=${offset}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token ?? (await anna(server))}`,
      'content-type': 'video/webm',
      'x-file-name': 'call.webm',
      'x-recording-size': `${whole.length}`,
      'x-recording-sha256': sha256(whole),
      ...more,
    },
    body,
    signal,
  });
  return { status: response.status, ...(await response.json()) };
}

async function offsetOf(server: TestServer): Promise<number> {
  const headers = { authorization: `Bearer ${await anna(server)}` };
  const head = await fetch(addressOf(server), { method: 'HEAD', headers });
  assert.equal(head.status, 200);
  return Number(head.headers.get('upload-offset'));
}

/** The agent hears of the recording, the visitor of its place alone, and its bytes are those that were sent. */
async function assertKept(
  server: TestServer,
  { visitor, agent }: Record<'visitor' | 'agent', Pick<Conversation['agent'], 'client'>>,
): Promise<void> {
  const { entry } = await agent.client.next('log.appended', ({ entry }) => entry.kind === 'file');
  assert.ok(entry.kind === 'file');
  assert.deepEqual(
    [entry.id, entry.side, entry.author.name, entry.name, entry.mime, entry.size, entry.recording],
    ['r1', 'agent', 'Anna', 'call.webm', 'video/webm', whole.length, true],
  );
  const { entry: seen } = await visitor.client.next(
    'log.appended',
    ({ entry: { offset } }) => offset === entry.offset,
  );
  assert.equal(seen.kind, 'hidden');
  const kept = await fetch(`${server.url}/api/files/${entry.file}/${entry.name}`);
  assert.equal(kept.headers.get('content-disposition')?.split(';')[0], 'attachment');
  assert.equal(sha256(await kept.bytes()), sha256(whole));
}

/** A conversation whose call the agent records, with the visitor's consent. */
async function recorded(server: TestServer): Promise<Conversation & { token: string }> {
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  await callBy(conversation, 'video');
  agent.client.send({ type: 'recording.request', contact });
  await visitor.client.state((state) => state.call?.recording?.status === 'asking');
  visitor.client.send({ type: 'recording.answer', contact, allow: true });
  await agent.client.state((state) => state.call?.recording?.status === 'on');
  return conversation;
}

Deno.test('R5 a recording is kept with its contact, once however often it is sent, also after the end', async () => {
  await using server = await startServer();
  const conversation = await recorded(server);
  conversation.agent.client.send({ type: 'contact.end', contact });
  await conversation.visitor.client.state(({ phase }) => phase === 'ended');
  const first = await put(server);
  assert.deepEqual([first.status, first.offset, first.entry?.size], [201, whole.length, whole.length]);
  await assertKept(server, conversation);
  const again = await put(server);
  assert.deepEqual([again.status, again.entry], [201, first.entry]);
  assert.equal(await offsetOf(server), whole.length);
  await conversation.agent.client.settled();
  assert.deepEqual(
    conversation.agent.client.take('log.appended').filter(({ entry }) => entry.kind === 'file'),
    [],
  );
});

Deno.test('R5 in parts: each goes on where the one before ended, and nowhere else', async () => {
  await using server = await startServer();
  const conversation = await recorded(server);
  assert.equal(await offsetOf(server), 0);
  for (const [from, to] of [
    [0, 1],
    [1, MEGABYTE],
    [MEGABYTE, 2 * MEGABYTE],
  ] as const) {
    const part = await put(server, { offset: from, body: whole.subarray(from, to) });
    assert.deepEqual([part.status, part.entry, part.offset], [200, null, to]);
    assert.equal(await offsetOf(server), to);
  }
  for (const offset of [0, MEGABYTE, 3 * MEGABYTE]) {
    const refused = await put(server, { offset, body: whole.subarray(0, 10) });
    assert.deepEqual([refused.status, refused.code, refused.offset], [409, 'upload.offset', 2 * MEGABYTE]);
  }
  const last = await put(server, { offset: 2 * MEGABYTE, body: whole.subarray(2 * MEGABYTE) });
  assert.equal(last.status, 201);
  await assertKept(server, conversation);
});

Deno.test('R5 the connection breaks, the server restarts: what came is there, and the rest follows', async () => {
  const path = await Deno.makeTempFile({ suffix: '.sqlite' });
  {
    await using server = await startServer({ storePath: path });
    await recorded(server);
    const breaking = new AbortController();
    const sent = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(whole.subarray(0, 2 * MEGABYTE));
        sent.resolve();
        return new Promise<void>(() => {});
      },
    });
    const broken = put(server, { body, signal: breaking.signal });
    broken.catch(() => {});
    await sent.promise;
    while ((await offsetOf(server)) < MEGABYTE);
    breaking.abort();
    await assert.rejects(broken);
  }
  await using server = await startServer({ storePath: path });
  const offset = await offsetOf(server);
  assert.ok(offset >= MEGABYTE && offset <= 2 * MEGABYTE, `${offset}`);
  const rest = await put(server, { offset, body: whole.subarray(offset) });
  assert.equal(rest.status, 201);
  const kept = await fetch(`${server.url}/api/files/${rest.entry?.file}/call.webm`);
  assert.equal(sha256(await kept.bytes()), sha256(whole));
});

Deno.test('R5 what is not what was announced is gone, and begins anew', async () => {
  await using server = await startServer();
  const conversation = await recorded(server);
  const wrong = await put(server, { more: { 'x-recording-sha256': '0'.repeat(64) } });
  assert.deepEqual([wrong.status, wrong.code], [422, 'file.damaged']);
  assert.equal(await offsetOf(server), 0);
  const more = await put(server, { more: { 'x-recording-size': '100' } });
  assert.deepEqual([more.status, more.code], [422, 'file.damaged']);
  assert.equal((await put(server)).status, 201);
  await assertKept(server, conversation);
});

Deno.test('R1 R5 who never recorded keeps nothing; who did may, when a colleague has the contact, too', async () => {
  await using server = await startServer();
  await converse(server, { contact: 'c0' });
  const unrecorded = await fetch(`${server.url}/api/contacts/c0/recordings/r0`, {
    headers: { authorization: `Bearer ${await anna(server)}` },
  });
  assert.equal(unrecorded.status, 404);
  const { visitor, agent } = await recorded(server);
  const ben = (await server.agent('ben')).client;
  agent.client.send({ type: 'transfer.offer', contact, to: { kind: 'agent', id: 'ben' }, note: '' });
  await ben.next('waiting.put', ({ entry }) => entry.contact === contact);
  ben.send({ type: 'contact.take', contact });
  await ben.state((state) => state.agent?.id === 'ben');
  assert.equal((await put(server)).status, 201);
  await assertKept(server, { visitor, agent: { client: ben } });
});

Deno.test('R5 a service that keeps no recordings says so', async () => {
  await using server = await startServer({
    config: { services: await servicesWith('sales', { recordingMaxBytes: 0 }) },
  });
  await recorded(server);
  const refused = await put(server);
  assert.deepEqual([refused.status, refused.code], [403, 'recording.off']);
});

Deno.test('R5 only its agent, only a film, only as large as the service says', async () => {
  await using server = await startServer({
    config: { services: await servicesWith('sales', { recordingMaxBytes: whole.length }) },
  });
  const { token } = await recorded(server);
  const ben = await server.tokens.signAgent({ agent: 'ben', expiresIn: 60 });
  const body = whole.subarray(0, 10);
  for (const [putting, status, code] of [
    [{ token }, 404, 'contact.unknown'],
    [{ token: ben }, 404, 'contact.unknown'],
    [{ token: 'x' }, 401, 'token.invalid'],
    [{ id: 'e-1-1' }, 400, 'request.malformed'],
    [{ more: { 'content-type': 'text/html' } }, 400, 'request.malformed'],
    [{ more: { 'x-recording-sha256': 'x' } }, 400, 'request.malformed'],
    [{ more: { 'x-recording-size': '0' } }, 400, 'request.malformed'],
    [{ more: { 'x-recording-size': `${whole.length + 1}` } }, 413, 'file.too-large'],
  ] as const satisfies readonly (readonly [Putting, number, string])[]) {
    const refused = await put(server, { body, ...putting });
    assert.deepEqual([refused.status, refused.code], [status, code]);
  }
  assert.equal(await offsetOf(server), 0);
});

Deno.test('R5 what nobody goes on with is forgotten after a week', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  await recorded(server);
  await put(server, { body: whole.subarray(0, MEGABYTE) });
  const stored = async () =>
    (await server.store.list('file/')).length + (await server.store.list('recording/')).length;
  assert.ok((await stored()) > 20);
  time.advance(7 * DAY + 60 * 60_000 + 1);
  while ((await stored()) > 0);
});
