import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { createLog } from '../../server/log.ts';
import { StoreError } from '../../server/store/port.ts';
import { agentHello, connect, type RawClient, visitorHello } from '../support/frames.ts';
import { read, send, sent } from '../support/sending.ts';
import { SECRET, type ServerProcess, spawnServer } from '../support/server.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

/** Stands in everything people write, in the names of what they send, and in addresses. */
const MARK = 'xqzmark';
const NUMBER = '+493012345678';
const METRICS_TOKEN = `metrics-${MARK}-token`;

async function hello(server: ServerProcess, frame: object) {
  const client = await connect(server.wsUrl);
  client.send(frame);
  return { client, welcome: await client.next('welcome') };
}

const page = {
  url: `https://shop.example/${MARK}`,
  title: MARK,
  referrer: `https://from.example/?q=${MARK}`,
};

/** A conversation in which everything bears the mark; gives the secrets that came up in it. */
async function converse(server: ServerProcess): Promise<{ visitor: RawClient; secrets: string[] }> {
  const granted = await fetch(`${server.url}/api/demo/token`, { method: 'POST', body: '{"agent":"anna"}' });
  const agentToken: string = (await granted.json()).token;
  const agent = (await hello(server, agentHello(agentToken))).client;
  const device = { browser: MARK, system: MARK, mobile: false };
  const { client: visitor, welcome } = await hello(
    server,
    visitorHello({ page, device, trail: [{ url: page.url, title: MARK, at: 1 }] }),
  );
  assert.ok(welcome.you.side === 'visitor');
  const { token } = welcome.you;
  visitor.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  await agent.next('waiting.put');
  agent.send({ type: 'contact.take', contact: 'c1' });
  await visitor.state(({ phase }) => phase === 'assigned');
  visitor.send({ type: 'message.send', contact: 'c1', id: 'm1', text: MARK });
  visitor.send({ type: 'typing.set', contact: 'c1', on: true, text: MARK });
  visitor.send({ type: 'page.set', page });
  agent.send({ type: 'note.add', contact: 'c1', id: 'n1', text: MARK });
  agent.send({ type: 'link.push', contact: 'c1', url: page.url });
  agent.send({ type: 'response.put', response: { id: 'r1', shortcut: MARK, text: MARK } });
  agent.send({ type: 'transfer.offer', contact: 'c1', to: { kind: 'agent', id: MARK }, note: MARK });
  await agent.next('log.appended', ({ entry }) => entry.id === 'n1');
  await agent.next('error');
  const entry = await sent(await send(server, token, { name: `${MARK}.txt`, bytes: MARK }));
  assert.equal(await (await read(server, entry)).text(), MARK);
  agent.send({ type: 'channel.request', contact: 'c1', channel: 'video' });
  const { call } = await visitor.state(({ call }) => call !== null);
  visitor.send({ type: 'call.answer', contact: 'c1', call: call?.id ?? '', answer: 'video' });
  const start = await visitor.next('call.start');
  await atBroker(server, start.self, start.ticket);
  visitor.send({ type: 'channel.drop', contact: 'c1', channel: 'video' });
  await visitor.state((contact) => contact.call === null);
  visitor.send({ type: 'contact.end', contact: 'c1' });
  await visitor.state(({ phase }) => phase === 'ended');
  visitor.send({ type: 'contact.rate', contact: 'c1', score: 5, comment: MARK });
  await leaveWord(visitor);
  return { visitor, secrets: [agentToken, token, start.ticket, entry.file] };
}

async function leaveWord(visitor: RawClient): Promise<void> {
  const callback = { kind: 'callback', name: MARK, number: NUMBER, wishedAt: null, zone: 'UTC', text: MARK };
  const lead = { kind: 'lead', name: MARK, email: `${MARK}@example.com`, number: '', text: MARK };
  for (const [contact, form] of [
    ['c2', callback],
    ['c3', lead],
  ] as const) {
    visitor.send({ type: 'contact.open', contact, service: 'support', kind: form.kind, form });
    visitor.send({ type: 'contact.open', contact, service: 'sales', kind: form.kind, form });
  }
  await visitor.settled();
}

/** Connects to the broker under its address with a ticket in it. */
function atBroker(server: ServerProcess, id: string, ticket: string): Promise<void> {
  const socket = new WebSocket(
    `${server.wsUrl.replace(/ws$/, 'peerjs/peerjs')}?key=peerjs&id=${id}&token=${ticket}&version=1`,
  );
  return new Promise((resolve) => {
    socket.onmessage = () => {
      socket.send(JSON.stringify({ type: MARK, dst: MARK, payload: MARK }));
      socket.close();
    };
    socket.onclose = () => resolve();
  });
}

/** Everything that is refused, with the mark in it. */
async function trespass(server: ServerProcess, visitor: RawClient): Promise<void> {
  for (const frame of [MARK, `{"type":"${MARK}"}`, `{"type":"message.send","contact":"${MARK}","id":7}`])
    visitor.send(frame);
  visitor.send({ type: 'message.send', contact: MARK, id: 'm1', text: MARK });
  for (let n = 0; n < 4; n++) await visitor.next('error');
  for (const frame of [visitorHello({ token: MARK }), agentHello(MARK), { type: 'hello', token: MARK }]) {
    const client = await connect(server.wsUrl);
    client.send(frame);
    await client.closed;
  }
  await atBroker(server, MARK, MARK);
  const bearer = { authorization: `Bearer ${MARK}` };
  for (const [path, init] of [
    [`/${MARK}?q=${MARK}`, {}],
    [`/api/files/${MARK}/${MARK}.txt`, {}],
    [`/api/contacts/${MARK}/files`, { method: 'POST', headers: bearer, body: MARK }],
    ['/api/demo/token', { method: 'POST', body: MARK }],
    [`/api/reports?from=${MARK}`, { headers: bearer }],
    ['/metrics', { headers: bearer }],
    ['/metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}` } }],
  ] as const) {
    const response = await fetch(server.url + path, init);
    await response.body?.cancel();
  }
}

Deno.test('S10 the log of a whole conversation, of its failures too, has no word, name, address or token of it', async () => {
  await using folder = await TemporaryDirectory.create();
  const path = folder.file('store.sqlite');
  const env = { VC_STORE: `sqlite:${path}`, VC_LOG: 'debug', VC_METRICS_TOKEN: METRICS_TOKEN };
  await using server = await spawnServer(env);
  const { visitor, secrets } = await converse(server);
  await trespass(server, visitor);
  visitor.send({ type: 'contact.open', contact: 'c4', service: 'sales', kind: 'chat' });
  await visitor.state(({ id }) => id === 'c4');
  const token = secrets[1] ?? '';
  const other = new DatabaseSync(path, { timeout: 5_000 });
  other.exec('BEGIN EXCLUSIVE');
  visitor.send({ type: 'message.send', contact: 'c4', id: 'm2', text: MARK });
  assert.equal((await visitor.next('error')).code, 'server.failed');
  const failed = await send(server, token, { contact: 'c4', id: 'f2', name: `${MARK}.txt`, bytes: MARK });
  assert.equal(failed.status, 500);
  await failed.body?.cancel();
  other.exec('ROLLBACK');
  other.close();
  await server.kill('SIGTERM');
  const output = server.output();
  for (const secret of [MARK, NUMBER, NUMBER.slice(3), SECRET, METRICS_TOKEN, ...secrets])
    assert.ok(!output.includes(secret), `${secret}: ${lineWith(output, secret)}`);
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const events = new Set(lines.map(({ event }) => event));
  for (const event of [
    'server.listening',
    'socket.greeted',
    'socket.closing',
    'socket.left',
    'socket.failed',
    'request.answered',
    'request.failed',
    'contact.opened',
    'contact.taken',
    'contact.ended',
    'contact.rated',
    'server.stopping',
    'server.stopped',
  ])
    assert.ok(events.has(event), event);
  const taken = lines.find(({ event }) => event === 'contact.taken');
  assert.deepEqual(
    { ...taken, at: 0, seconds: 0 },
    {
      at: 0,
      level: 'info',
      event: 'contact.taken',
      contact: 'c1',
      service: 'sales',
      kind: 'chat',
      agent: 'anna',
      seconds: 0,
    },
  );
  const answered = lines.find(({ route }) => route === '/api/files/:file/:name');
  assert.deepEqual([answered?.level, answered?.method, typeof answered?.ms], ['debug', 'GET', 'number']);
});

const lineWith = (output: string, text: string) => output.split('\n').find((line) => line.includes(text));

Deno.test('S10 the log says as much as it is asked for', () => {
  const eventsFrom = (level?: 'debug' | 'info' | 'warn' | 'error'): string[] => {
    const lines: string[] = [];
    const log = createLog(
      (line) => lines.push(JSON.parse(line).event),
      () => 0,
      level,
    );
    log.debug('d');
    log.info('i');
    log.warn('w');
    log.failed('f', new Error(MARK));
    return lines;
  };
  assert.deepEqual(eventsFrom('debug'), ['d', 'i', 'w', 'f']);
  assert.deepEqual(eventsFrom(), ['i', 'w', 'f']);
  assert.deepEqual(eventsFrom('warn'), ['w', 'f']);
  assert.deepEqual(eventsFrom('error'), ['f']);
});

Deno.test('S10 an error is logged by kind and place, and by its sentence only where that is for operators', () => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => 0,
  );
  log.failed('one', new TypeError(`first ${MARK}\nsecond ${MARK}`));
  log.failed('two', new StoreError('store.full', 'Cannot write: the disk is full'), { contact: 'c1' });
  log.failed('three', MARK);
  const [one, two, three] = lines.map((line) => JSON.parse(line));
  assert.ok(!lines.join().includes(MARK));
  assert.equal(one.error, 'TypeError');
  assert.match(one.stack, /log_test\.ts/);
  assert.deepEqual(
    [two.error, two.message, two.contact, three.error],
    ['store.full', 'Cannot write: the disk is full', 'c1', 'string'],
  );
});
