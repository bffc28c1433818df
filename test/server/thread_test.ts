import assert from 'node:assert/strict';
import { Thread } from '../../server/store/sqlite/thread.ts';

const start = () => new Thread<string, string>(new URL('fixtures/echo-thread.ts', import.meta.url), 'echo');

Deno.test('S4 a thread answers one question after the other, and what it throws is thrown here', async () => {
  const thread = start();
  const asked = ['one', 'throw', 'two'].map((told) => thread.ask(told));
  const [one, failed, two] = await Promise.allSettled(asked);
  assert.deepEqual(
    [one, two].map((answer) => answer?.status === 'fulfilled' && answer.value),
    ['one', 'two'],
  );
  assert.ok(failed?.status === 'rejected');
  const { message, errcode } = failed.reason;
  assert.deepEqual([message, errcode], ['the disk is full', 13]);
  thread.close();
});

Deno.test('S4 a thread that has ended fails what it was asked and what it is asked later', async () => {
  const thread = start();
  const asked = [thread.ask('end'), thread.ask('one')];
  const [, last] = await Promise.allSettled(asked);
  assert.equal(last?.status, 'rejected');
  await assert.rejects(thread.ask('two'), /its thread has ended: .*out of memory/);
  thread.close();
});
