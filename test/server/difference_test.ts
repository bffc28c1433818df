import assert from 'node:assert/strict';
import { beginsAttempt, NOT_OFFERED, releaseOf, withdrawalOf } from '../../server/desk/difference.ts';
import { everyStep } from '../support/contact-moves.ts';

/** Of an effect its fields but for the type, or `otherwise` where there is none. */
function effectOf<O>(effects: readonly { type: string }[], type: string, otherwise: O) {
  const effect = effects.find((one) => one.type === type);
  if (!effect) return otherwise;
  const { type: _, ...fields } = effect;
  return fields;
}

Deno.test('S5 what a change means can be told from before and after alone, for all the machine says', () => {
  const seen = new Map<string, number>();
  const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  everyStep(({ before, after, effects, event }) => {
    const withdrawal = effectOf(effects, 'withdraw', NOT_OFFERED);
    if (withdrawal !== NOT_OFFERED) note(`withdraw ${(withdrawal as { reason: string }).reason}`);
    // The same word left again is no difference to anybody.
    const isSame = event.type === 'convert' && JSON.stringify(before.form) === JSON.stringify(after.form);
    if (!isSame) assert.deepEqual(withdrawalOf(before, after), withdrawal, event.type);
    const release = effectOf(effects, 'release', null);
    if (release) note(`release ${(release as { reason: string }).reason}`);
    assert.deepEqual(releaseOf(before, after), release, event.type);
    const starts = effects.some(({ type }) => type === 'start-attempt');
    if (starts) note('start-attempt');
    // An attempt may begin again where nothing says so: who has begun it is not told twice.
    if (starts) assert.ok(beginsAttempt(before, after), event.type);
    else if (beginsAttempt(before, after)) note(`begins without being asked: ${event.type}`);
  });
  for (const what of ['withdraw taken', 'withdraw dissuaded', 'withdraw ended', 'withdraw converted'])
    assert.ok(seen.has(what), what);
  for (const what of ['release requeued', 'release transferred', 'start-attempt'])
    assert.ok(seen.has(what), what);
  assert.deepEqual(
    [...seen.keys()].filter((what) => what.startsWith('begins')),
    [],
  );
});
