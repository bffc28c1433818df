import assert from 'node:assert/strict';
import { iceServersFor } from '../../server/ice.ts';
import { startOf } from '../support/calling.ts';
import { converse } from '../support/conversation.ts';
import { startServer } from '../support/server.ts';
import { isLetIn, TURN_SECRET, TurnServer } from '../support/turn-server.ts';

const urls = ['turn:turn.example:3478', 'turns:turn.example:5349'];
const turn = { urls, secret: TURN_SECRET, lifeSeconds: 600 };

Deno.test('V18 credentials are the time they end, who they are for, and the signature of both', async () => {
  const servers = [{ urls: 'stun:stun.example' }];
  const [stun, relay] = await iceServersFor({ servers, turn }, 'call-1-visitor', 1_700_000_000_000);
  assert.deepEqual(stun, { urls: 'stun:stun.example' });
  // echo -n 1700000600:call-1-visitor | openssl dgst -sha1 -hmac 'a secret that both servers know' -binary | base64
  assert.deepEqual(relay, {
    urls,
    username: '1700000600:call-1-visitor',
    credential: 'OvPppoqxpWxreTONyFCFCR/6XVE=',
  });
  assert.deepEqual(await iceServersFor({ servers: [] }, 'x', 0), []);
});

Deno.test('V18 both sides of every attempt get credentials of their own, and coturn lets them in until they end', async () => {
  await using coturn = await TurnServer.start();
  await using server = await startServer({ config: { ice: { servers: [], turn } } });
  const { visitor, agent } = await converse(server, { kind: 'voice' });
  const seen = new Set<string>();
  for (const attempt of [1, 2]) {
    const starts = await Promise.all([startOf(visitor, attempt), startOf(agent, attempt)]);
    for (const { ice, call } of starts) {
      const [{ username = '', credential = '' } = {}] = ice;
      assert.ok(!JSON.stringify(ice).includes(TURN_SECRET));
      seen.add(username);
      if (attempt === 1) agent.client.send({ type: 'call.lost', contact: 'c1', call, attempt });
      else assert.ok(await isLetIn(coturn.port, username, credential), username);
      assert.ok(!(await isLetIn(coturn.port, `9${username}`, credential)), 'a later end is not signed');
    }
  }
  assert.equal(seen.size, 4);
  const [over] = await iceServersFor({ servers: [], turn }, 'x', Date.now() - 601_000);
  assert.ok(!(await isLetIn(coturn.port, over?.username ?? '', over?.credential ?? '')), 'it has ended');
});
