import assert from 'node:assert/strict';
import { fileNameOf } from '../../server/files/file-name.ts';
import { FileStore } from '../../server/files/file-store.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { type Conversation, converse } from '../support/conversation.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import {
  agentToken,
  leftovers,
  PNG,
  read,
  refused,
  type Sending,
  send,
  sent,
  text,
} from '../support/sending.ts';
import { demoConfig, startServer, type TestServer } from '../support/server.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

/** The demo's configuration with other limits for the files of its first service. */
async function withFiles(files: { maxBytes: number; types: string[] }) {
  const { services } = await demoConfig();
  return { services: services.map((service, i) => (i === 0 ? { ...service, files } : service)) };
}

async function withConversation(
  run: (server: TestServer, conversation: Conversation) => Promise<void>,
  files?: { maxBytes: number; types: string[] },
): Promise<void> {
  await using server = await startServer(files ? { config: await withFiles(files) } : {});
  await run(server, await converse(server));
}

Deno.test('M4 a file goes to both sides, in the log and live, and is read back as it was', () =>
  withConversation(async (server, { visitor, agent, token }) => {
    const bytes = text(100_000);
    const entry = await sent(await send(server, token, { name: 'Rechnung März.txt', bytes }));
    assert.deepEqual(
      [entry.kind, entry.side, entry.id, entry.name, entry.mime, entry.size, entry.width],
      ['file', 'visitor', 'f1', 'Rechnung März.txt', 'text/plain', 100_000, null],
    );
    assert.match(entry.file, /^[0-9a-f]{32}$/);
    for (const { client } of [visitor, agent]) assert.deepEqual(await client.entries(1), [entry]);
    const response = await read(server, entry);
    assert.deepEqual(new Uint8Array(await response.arrayBuffer()), bytes);
    const { headers } = response;
    assert.equal(headers.get('content-length'), '100000');
    assert.equal(
      headers.get('content-disposition'),
      `attachment; filename="Rechnung M_rz.txt"; filename*=UTF-8''Rechnung%20M%C3%A4rz.txt`,
    );
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox");
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(headers.get('cache-control'), 'private, max-age=31536000, immutable');
  }));

Deno.test('M4 the agent sends a picture, which has its size and is shown in place', () =>
  withConversation(async (server, { visitor }) => {
    const sending = { name: 'lamp.png', type: 'image/png', bytes: PNG, more: { 'x-file-size': '640x480' } };
    const entry = await sent(await send(server, await agentToken(server), sending));
    assert.deepEqual(
      [entry.side, entry.author, entry.width, entry.height],
      ['agent', { id: 'anna', name: 'Anna' }, 640, 480],
    );
    assert.deepEqual(await visitor.client.entries(1), [entry]);
    const response = await read(server, entry);
    assert.equal(response.headers.get('content-type'), 'image/png');
    assert.match(response.headers.get('content-disposition') ?? '', /^inline; /);
    assert.deepEqual(new Uint8Array(await response.arrayBuffer()), PNG);
  }));

Deno.test('M4 S6 sending a file again gives the entry it has, and keeps the bytes once', () =>
  withConversation(async (server, { agent, token }) => {
    const first = await sent(await send(server, token));
    const again = await sent(await send(server, token, { bytes: text(20) }));
    assert.deepEqual(again, first);
    // At the same time, too: neither knows of the other when it begins.
    const twins = await Promise.all([send(server, token, { id: 'f2' }), send(server, token, { id: 'f2' })]);
    const [one, other] = await Promise.all(twins.map(sent));
    assert.deepEqual(one, other);
    assert.deepEqual(
      (await agent.client.entries(2)).map(({ id }) => id),
      ['f1', 'f2'],
    );
    const files = (await leftovers(server)).filter((key) => /^file\/[^/]+$/.test(key));
    assert.deepEqual(files.sort(), [`file/${first.file}`, `file/${one?.file}`].sort());
    assert.equal(
      (await leftovers(server)).some((key) => key.startsWith('upload/')),
      false,
    );
  }));

Deno.test('M4 S9 a file past the limit is refused with the limit, also when its length is a lie', () =>
  withConversation(
    async (server, { token }) => {
      const told = await refused(await send(server, token, { bytes: text(60_001) }));
      assert.deepEqual(told, [
        413,
        'file.too-large',
        'Cannot send the file: it is larger than 60 kB.',
        60_000,
      ]);
      // A stream has no length to announce.
      const bytes = new Blob([text(1_000_000)]).stream();
      const streamed = await refused(await send(server, token, { bytes }));
      assert.deepEqual(streamed.slice(0, 2), [413, 'file.too-large']);
      assert.deepEqual(await leftovers(server), []);
      await sent(await send(server, token, { bytes: text(60_000) }));
    },
    { maxBytes: 60_000, types: ['text/*'] },
  ));

Deno.test('M4 S9 only types of the service are taken, and what has a signature must bear it', () =>
  withConversation(
    async (server, { token }) => {
      const cases: [string, Uint8Array<ArrayBuffer>, number, string][] = [
        ['application/x-msdownload', text(10), 415, 'file.type'],
        ['text/plain', text(10), 415, 'file.type'],
        ['image/png', text(20), 422, 'file.damaged'],
        ['image/jpeg', PNG, 422, 'file.damaged'],
        ['image/gif', PNG, 422, 'file.damaged'],
        ['image/webp', PNG, 422, 'file.damaged'],
        ['application/pdf', PNG, 422, 'file.damaged'],
        ['image/png', PNG.slice(0, 4), 422, 'file.damaged'],
        ['image/png', new Uint8Array(), 422, 'file.damaged'],
      ];
      for (const [type, bytes, status, code] of cases) {
        const answer = await refused(await send(server, token, { type, bytes }));
        assert.deepEqual(answer.slice(0, 2), [status, code], type);
        assert.match(answer[2], /^Cannot send the file: .+\.$/);
      }
      assert.deepEqual(await leftovers(server), []);
      await sent(await send(server, token, { type: 'image/PNG; charset=binary', bytes: PNG }));
    },
    { maxBytes: 1_000, types: ['image/*', 'application/pdf'] },
  ));

Deno.test('M4 S9 a service without files takes none, of agents neither', () =>
  withConversation(
    async (server, { token }) => {
      for (const bearer of [token, await agentToken(server)])
        assert.deepEqual((await refused(await send(server, bearer))).slice(0, 3), [
          415,
          'file.type',
          'Cannot send the file: files are not taken here.',
        ]);
    },
    { maxBytes: 0, types: ['text/plain'] },
  ));

Deno.test('M4 S7 only the visitor and the agent of the contact send into it, and only while it lasts', () =>
  withConversation(async (server, { visitor, token }) => {
    const stranger = (await server.visitor()).welcome.you;
    assert.ok(stranger.side === 'visitor');
    const expired = await server.tokens.signAgent({ agent: 'anna', expiresIn: -10 });
    const ticket = await server.tokens.signTicket({ peer: 'a', remote: 'b', contact: 'c1', expiresIn: 60 });
    const cases: [string, number, string][] = [
      ['', 401, 'token.missing'],
      ['nonsense', 401, 'token.invalid'],
      [ticket, 401, 'token.invalid'],
      [expired, 401, 'token.expired'],
      [stranger.token, 404, 'contact.unknown'],
      [await agentToken(server, 'ben'), 404, 'contact.unknown'],
    ];
    for (const [bearer, status, code] of cases)
      assert.deepEqual((await refused(await send(server, bearer))).slice(0, 2), [status, code]);
    const unknown = await send(server, token, { contact: 'c9' });
    assert.deepEqual((await refused(unknown)).slice(0, 2), [404, 'contact.unknown']);
    const before = await sent(await send(server, token, { id: 'before' }));
    visitor.client.send({ type: 'contact.end', contact: 'c1' });
    await visitor.client.state(({ phase }) => phase === 'ended');
    assert.deepEqual(await refused(await send(server, token)), [
      409,
      'contact.ended',
      'Cannot send the file: the contact has ended.',
      undefined,
    ]);
    // The acknowledgement of a file that was in time may have been lost.
    assert.deepEqual(await sent(await send(server, token, { id: 'before' })), before);
    assert.equal((await read(server, before)).status, 200);
  }));

Deno.test('M4 S9 requests that describe no file are refused by what is wrong', () =>
  withConversation(async (server, { token, visitor }) => {
    visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'Hi' });
    await visitor.client.entries(1);
    const cases: [Sending, string][] = [
      [{ contact: 'no.contact' }, 'contact'],
      [{ id: '' }, 'x-file-id'],
      [{ id: 'a/b' }, 'x-file-id'],
      [{ type: 'picture' }, 'content-type'],
      [{ more: { 'x-file-size': 'large' } }, 'x-file-size'],
    ];
    for (const [sending, field] of cases) {
      const response = await send(server, token, sending);
      assert.equal(response.status, 400);
      const { code, field: named } = await response.json();
      assert.deepEqual([code, named], ['request.malformed', field]);
    }
    await sent(await send(server, await agentToken(server), { id: 'theirs' }));
    for (const id of ['m1', 'e-1-0', 'theirs'])
      assert.deepEqual((await refused(await send(server, token, { id }))).slice(0, 2), [
        400,
        'request.malformed',
      ]);
    assert.deepEqual((await leftovers(server)).length, 2, 'the file of the agent, and nothing else');
  }));

Deno.test('M4 S9 too many files are too many', async () => {
  let now = Date.now();
  await using server = await startServer({ clock: () => now });
  const { token } = await converse(server);
  const statuses = [];
  for (let i = 0; i < 101; i++) statuses.push((await send(server, token, { id: 'f1' })).status);
  assert.deepEqual([...new Set(statuses.slice(0, 100))], [201]);
  const answer = await refused(await send(server, token));
  assert.deepEqual([statuses[100], answer[0], answer[1]], [429, 429, 'request.too-frequent']);
  now += 10 * 60_000 + 1;
  await sent(await send(server, token));
});

Deno.test('M4 what a browser might run is given out as bytes to keep', () =>
  withConversation(
    async (server, { token }) => {
      for (const type of ['text/html', 'image/svg+xml', 'text/javascript', 'application/xhtml+xml']) {
        const entry = await sent(
          await send(server, token, { id: type.replace(/\W/g, '-'), type, name: 'x' }),
        );
        const { headers } = await read(server, entry);
        assert.equal(headers.get('content-type'), 'application/octet-stream');
        assert.match(headers.get('content-disposition') ?? '', /^attachment/);
      }
    },
    { maxBytes: 1_000, types: ['text/*', 'image/*', 'application/*'] },
  ));

Deno.test('M4 an address that is none answers 404, whatever it tries', async () => {
  await using server = await startServer();
  for (const path of [
    'nothing/x',
    '0123456789abcdef0123456789abcdef/x',
    '..%2F..%2Fagent%2Fanna/x',
    'a%00b/x',
  ]) {
    const response = await fetch(`${server.url}/api/files/${path}`);
    assert.equal(response.status, 404);
    assert.equal((await response.json()).code, 'file.unknown');
  }
});

Deno.test('M4 an upload that breaks off leaves nothing behind', () =>
  withConversation(async (server, { token, agent }) => {
    const begun = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(text(50_000));
        begun.resolve();
        return new Promise<void>(() => {});
      },
    });
    const stopped = new AbortController();
    const sending = fetch(`${server.url}/api/contacts/c1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain', 'x-file-id': 'f1' },
      body,
      signal: stopped.signal,
    });
    sending.catch(() => {});
    await begun.promise;
    while (!(await leftovers(server)).some((key) => /^file\/.*\/0$/.test(key))) await agent.client.settled();
    stopped.abort();
    while ((await leftovers(server)).length > 0) await agent.client.settled();
    // And can be sent again.
    await sent(await send(server, token));
  }));

Deno.test('M4 a sender that stalls is given up, and nobody waits for it when the server closes', async () => {
  const timers = new ManualTimers();
  await using server = await startServer({ timers });
  const { token, agent } = await converse(server);
  /** Sends some, and then neither more nor an end. */
  const stall = async () => {
    const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>>();
    const writer = writable.getWriter();
    writer.write(text(50_000)).catch(() => {});
    const answer = send(server, token, { bytes: readable });
    while ((await leftovers(server)).length < 2) await agent.client.settled();
    // The connection is free again only when its request has ended.
    return { answer, end: () => writer.close().catch(() => {}) };
  };
  const first = await stall();
  let isAnswered = false;
  const note = () => {
    isAnswered = true;
  };
  first.answer.then(note, note);
  while (!isAnswered) {
    // Some of the bytes may still be on their way, and each time begins anew.
    timers.advance(60_000);
    await agent.client.settled();
  }
  assert.deepEqual((await refused(await first.answer)).slice(0, 2), [400, 'upload.broken']);
  assert.deepEqual(await leftovers(server), []);
  await first.end();
  const second = await stall();
  const stopped = server.stop();
  assert.deepEqual((await refused(await second.answer)).slice(0, 2), [400, 'upload.broken']);
  await second.end();
  await stopped;
});

Deno.test('M4 S6 what a crash left of an upload is cleared away; a whole file and what is under way stay', async () => {
  await using folder = await TemporaryDirectory.create();
  const storePath = folder.file('store.sqlite');
  const before = await startServer({ storePath });
  const { token } = await converse(before);
  const now = Date.now();
  const kept = await sent(await send(before, token, { id: 'whole', bytes: text(90_000) }));
  await before.stop();
  const store = await openSqlite(storePath);
  const files = new FileStore(store);
  // As a crash leaves it: with some of the bytes, with all of them but no entry, and with an entry already.
  await files.begin('half', { contact: 'c1', entry: 'f1', at: now });
  await files.write('half', new Blob([text(100_000)]).stream());
  await files.begin('unsaid', { contact: 'c1', entry: 'f2', at: now });
  await files.write('unsaid', new Blob([text(10)]).stream());
  const head = { contact: 'c1', name: 'x', mime: 'text/plain', size: 10, sha256: '', by: 'v', at: 0 };
  await files.complete('unsaid', head);
  await files.begin(kept.file, { contact: 'c1', entry: 'whole', at: now });
  await files.begin('running', { contact: 'c1', entry: 'f3', at: now + 1_000 });
  await store.close();
  let clock = now + 60 * 60_000;
  const timers = new ManualTimers();
  await using after = await startServer({ storePath, timers, clock: () => clock });
  const left = async () =>
    [...new Set((await leftovers(after)).map((key) => key.split('/').slice(0, 2).join('/')))].sort();
  // As long as an upload may take, another instance might be at it.
  assert.deepEqual((await left()).length, 7);
  clock += 1;
  timers.advance(60 * 60_000);
  while ((await left()).length > 2) await fetch(`${after.url}/readyz`).then((response) => response.text());
  assert.deepEqual(await left(), [`file/${kept.file}`, 'upload/running']);
  assert.equal((await (await read(after, kept)).arrayBuffer()).byteLength, 90_000);
  await sent(await send(after, token, { id: 'f1' }));
});

Deno.test('M4 pages of the configured origins may send, others are not let to', async () => {
  await using server = await startServer({ config: { origins: ['https://shop.example'] } });
  const preflight = (origin: string) =>
    fetch(`${server.url}/api/contacts/c1/files`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-file-id,x-file-name,x-file-size',
      },
    });
  const allowed = await preflight('https://shop.example');
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://shop.example');
  assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /x-file-size/);
  assert.match(allowed.headers.get('access-control-allow-methods') ?? '', /POST/);
  assert.equal(allowed.headers.get('access-control-allow-credentials'), null);
  assert.equal((await preflight('https://evil.example')).headers.get('access-control-allow-origin'), null);
  const answer = await fetch(`${server.url}/api/contacts/c1/files`, {
    method: 'POST',
    headers: { origin: 'https://shop.example' },
  });
  assert.equal(answer.status, 401);
  assert.equal(answer.headers.get('access-control-allow-origin'), 'https://shop.example');
});

Deno.test('M4 names of files are made harmless', () => {
  const long = 'x'.repeat(300);
  const cases: [string | undefined, string][] = [
    [undefined, 'file'],
    ['', 'file'],
    ['%20%0A', 'file'],
    ['a%2Fb%5C..%2Fc.txt', 'a_b_.._c.txt'],
    ['line%0D%0Abreak.txt', 'line  break.txt'],
    // A mark that turns the direction, so that the name seems to end in .txt.
    ['gpj%E2%80%AEtxt.exe', 'gpj txt.exe'],
    ['%E0%A4%A', '%E0%A4%A'],
    [`${long}.png`, `${'x'.repeat(251)}.png`],
  ];
  for (const [header, name] of cases) assert.equal(fileNameOf(header), name);
});
