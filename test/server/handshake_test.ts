import assert from 'node:assert/strict';
import { queryOf, withHandshakes } from '../../server/handshake.ts';

const rest = () => new Response('the app');
const asked = async (url: string, at: Record<string, () => Response | null>, answered?: () => void) => {
  const serve = withHandshakes({ at, rest, ...(answered ? { answered } : {}) });
  return (await serve(new Request(url))).text();
};

Deno.test('S2 S3 a handshake is answered at its path alone, whatever else the address says', async () => {
  const at = { '/ws': () => new Response('in') };
  for (const url of ['http://x/ws', 'https://x:8000/ws?to=/other', 'http://x/ws?'])
    assert.equal(await asked(url, at), 'in', url);
  for (const url of ['http://x/', 'http://x/ws/', 'http://x/?/ws', 'http://x/other?at=/ws', 'http://ws/wss'])
    assert.equal(await asked(url, at), 'the app', url);
});

Deno.test('S2 S3 what is no handshake goes on to the app, and only what was answered counts', async () => {
  let counted = 0;
  const answered = () => {
    counted++;
  };
  assert.equal(await asked('http://x/ws', { '/ws': () => null }, answered), 'the app');
  assert.equal(counted, 0);
  assert.equal(await asked('http://x/ws', { '/ws': () => new Response('in') }, answered), 'in');
  assert.equal(counted, 1);
});

Deno.test('S3 the parameters of an address are read as they were written', () => {
  const query = queryOf('http://x/peerjs/peerjs?id=a%20b&token=t&x=?y');
  assert.deepEqual([query.get('id'), query.get('token'), query.get('x')], ['a b', 't', '?y']);
  assert.equal(queryOf('http://x/peerjs').size, 0);
});
