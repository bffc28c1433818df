import assert from 'node:assert/strict';
import type { CallKind } from '../../core/contact/model.ts';
import type { CallStart, CallView } from '../../core/protocol/server-frames.ts';
import type { Conversation, Party } from './conversation.ts';
import { wordsOf } from './frames.ts';

/** The contact of every conversation here. */
export const contact = 'c1';

/** Asks for a call and gives it as both sides then see it. */
export async function ask(from: Party, to: Party, channel: CallKind): Promise<CallView> {
  from.client.send({ type: 'channel.request', contact, channel });
  const { call } = await from.client.state((state) => state.call?.status === 'asking');
  const { call: seen } = await to.client.state((state) => state.call?.status === 'asking');
  assert.deepEqual(seen, call);
  assert.ok(call);
  return call;
}

export const startOf = (party: Party, attempt: number): Promise<CallStart> =>
  party.client.next('call.start', (frame) => frame.attempt === attempt);

/** Both sides report that media flows. */
export async function connect(
  { visitor, agent }: Conversation,
  call: string,
  attempt = 1,
): Promise<CallView> {
  for (const { client } of [visitor, agent]) client.send({ type: 'call.connected', contact, call, attempt });
  const { call: active } = await visitor.client.state((state) => state.call?.status === 'active');
  await agent.client.state((state) => state.call?.status === 'active');
  assert.ok(active);
  return active;
}

export async function callBy(conversation: Conversation, kind: CallKind): Promise<CallView> {
  const { visitor, agent } = conversation;
  const { id } = await ask(agent, visitor, kind);
  visitor.client.send({ type: 'call.answer', contact, call: id, answer: kind });
  for (const party of [visitor, agent]) {
    await startOf(party, 1);
    await party.client.state(({ call }) => call?.status === 'connecting');
  }
  return connect(conversation, id);
}

/** The event lines so far, without opening and taking. */
export async function linesOf({ client }: Party): Promise<string[]> {
  client.send({ type: 'log.read', contact, after: 2 });
  const { entries } = await client.next('log.page');
  return entries.map(wordsOf);
}
