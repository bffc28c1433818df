import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Report } from '../../core/reports/rows.ts';
import { callBy, contact } from '../support/calling.ts';
import { converse } from '../support/conversation.ts';
import { apart, onShared } from '../support/instances.ts';
import { agentToken, read, send, sent, text } from '../support/sending.ts';
import type { TestServer } from '../support/server.ts';

onShared('S5 M4 a file sent to one instance is told and read at the other', async (instances) => {
  const { one, two } = instances;
  const { visitor, agent, token } = await converse(apart(instances));
  const bytes = text(100_000);
  // As a proxy does it: neither where the sender is connected nor where the reader asks.
  const entry = await sent(await send(two, token, { bytes }));
  for (const { client } of [visitor, agent]) assert.deepEqual(await client.entries(1), [entry]);
  for (const server of [one, two]) assert.deepEqual(await (await read(server, entry)).bytes(), bytes);
  assert.deepEqual(await sent(await send(one, token, { bytes })), entry, 'sent again, it is the same');
});

const whole = text(500_000);
const sha256 = createHash('sha256').update(whole).digest('hex');

async function put(server: TestServer, offset: number, body: BodyInit) {
  const response = await fetch(`${server.url}/api/contacts/${contact}/recordings/r1?offset=${offset}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${await agentToken(server)}`,
      'content-type': 'video/webm',
      'x-file-name': 'call.webm',
      'x-recording-size': `${whole.length}`,
      'x-recording-sha256': sha256,
    },
    body,
    signal: AbortSignal.timeout(20_000),
  });
  const answer: { code?: string; offset?: number; entry?: { file: string; name: string } | null } =
    await response.json();
  return { status: response.status, ...answer };
}

async function offsetOf(server: TestServer): Promise<number> {
  const headers = { authorization: `Bearer ${await agentToken(server)}` };
  const address = `${server.url}/api/contacts/${contact}/recordings/r1`;
  return Number((await fetch(address, { method: 'HEAD', headers })).headers.get('upload-offset'));
}

onShared(
  'S5 R5 a recording goes on at the other instance, also while the first still waits for more',
  async (instances) => {
    const { one, two } = instances;
    const conversation = await converse(apart(instances));
    const { visitor, agent } = conversation;
    await callBy(conversation, 'video');
    agent.client.send({ type: 'recording.request', contact });
    await visitor.client.state((state) => state.call?.recording?.status === 'asking');
    visitor.client.send({ type: 'recording.answer', contact, allow: true });
    await agent.client.state((state) => state.call?.recording?.status === 'on');

    // The way to the first instance is stuck amid a part.
    let stuck: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        stuck = controller;
        controller.enqueue(whole.subarray(0, 100_000));
      },
    });
    const first = put(one, 0, body);
    let offset = 0;
    // All of it but what does not fill a piece.
    while (offset < 81_920) offset = await offsetOf(two);
    const part = await put(two, offset, whole.subarray(offset, 200_000));
    assert.deepEqual([part.status, part.offset], [200, 200_000]);
    // What comes out of there now must not spoil anything.
    stuck?.enqueue(whole.subarray(100_000));
    stuck?.close();
    const late = await first;
    assert.deepEqual([late.status, late.code], [409, 'upload.busy']);
    const last = await put(one, 200_000, whole.subarray(200_000));
    assert.equal(last.status, 201, JSON.stringify(last));
    assert.ok(last.entry);
    await agent.client.next('log.appended', ({ entry }) => entry.kind === 'file');
    for (const server of [one, two]) {
      const kept = await read(server, last.entry);
      assert.equal(
        createHash('sha256')
          .update(await kept.bytes())
          .digest('hex'),
        sha256,
      );
    }
  },
);

onShared('S5 S12 every instance reports what happened at all of them, once', async ({ one, two, start }) => {
  const anna = (await one.agent('anna')).client;
  const ben = (await two.agent('ben')).client;
  for (let n = 0; n < 6; n++) {
    const id = `c${n}`;
    const [visitor, agent] = n % 2 ? [await one.visitor(), ben] : [await two.visitor(), anna];
    visitor.client.send({ type: 'contact.open', contact: id, service: 'sales', kind: 'chat' });
    await agent.next('waiting.put', ({ entry }) => entry.contact === id);
    agent.send({ type: 'contact.take', contact: id });
    await visitor.client.state(({ phase }) => phase === 'assigned');
    visitor.client.send({ type: 'contact.end', contact: id });
    await visitor.client.state(({ phase }) => phase === 'ended');
    visitor.client.send({ type: 'contact.rate', contact: id, score: 4, comment: '' });
    await visitor.client.state(({ rating }) => rating !== null);
    await visitor.client.settled();
    // Counted while more is written elsewhere.
    if (n % 2) await reportOf(one);
  }
  for (const server of [one, two, await start()]) {
    const rows = (await reportOf(server)).rows.filter(({ service }) => service === 'sales');
    const sum = (field: 'opened' | 'taken' | 'ended' | 'rated' | 'scoreSum') =>
      rows.reduce((total, row) => total + row[field], 0);
    assert.deepEqual(
      [sum('opened'), sum('taken'), sum('ended'), sum('rated'), sum('scoreSum')],
      [6, 6, 6, 6, 24],
    );
    for (const agent of ['anna', 'ben']) assert.equal(rows.find((row) => row.agent === agent)?.taken, 3);
  }
});

async function reportOf(server: TestServer): Promise<Report> {
  const today = new Date().toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const response = await fetch(`${server.url}/api/reports?from=${yesterday}&to=${today}`, {
    headers: { authorization: `Bearer ${await agentToken(server)}` },
  });
  assert.equal(response.status, 200);
  return await response.json();
}
