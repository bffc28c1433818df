import assert from 'node:assert/strict';
import { Turnstile } from '../../server/desk/turnstile.ts';

Deno.test('S6 a crowd is let in a few at a time, in order, whoever fails', async () => {
  const turnstile = new Turnstile(2);
  const inside: string[] = [];
  const doors = new Map<string, PromiseWithResolvers<void>>();
  const enter = (name: string) => {
    const door = Promise.withResolvers<void>();
    doors.set(name, door);
    return turnstile.run(() => {
      inside.push(name);
      return door.promise;
    });
  };
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(enter);
  assert.deepEqual(inside, ['a', 'b']);
  doors.get('b')?.reject(new Error('no'));
  await assert.rejects(b as Promise<void>);
  assert.deepEqual(inside, ['a', 'b', 'c']);
  for (const name of ['a', 'c', 'd']) doors.get(name)?.resolve();
  await Promise.all([a, c, d]);
  const late = enter('e');
  assert.deepEqual(inside, ['a', 'b', 'c', 'd', 'e']);
  doors.get('e')?.resolve();
  await late;
});
