import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CONTACT_KINDS } from '../../core/contact/model.ts';
import {
  type Candidate,
  isOffered,
  isStarred,
  mayAnswer,
  mayVideo,
  type Routed,
  type Rules,
} from '../../core/routing/offer.ts';

const candidate = (change: Partial<Candidate> = {}): Candidate => ({
  id: 'anna',
  available: true,
  free: 5,
  active: 0,
  ...change,
});
const contact = (change: Partial<Routed> = {}): Routed => ({
  kind: 'chat',
  preferred: null,
  transfer: null,
  ...change,
});
const rules = (change: Partial<Rules> = {}): Rules => ({
  eligible: ['anna', 'ben'],
  videoAlone: false,
  ...change,
});
const toAgent = (id: string) => ({ to: { kind: 'agent', id }, from: 'anna' }) as const;
const toService = { to: { kind: 'service', id: 'support' }, from: 'anna' } as const;

Deno.test('C6 C15 a contact is offered to who is there, is eligible, and has room', () => {
  const video = contact({ kind: 'video' });
  const alone = rules({ videoAlone: true });
  const table: [boolean, string, Candidate, Routed, Rules][] = [
    [true, 'available, eligible, room', candidate(), contact(), rules()],
    [false, 'not available', candidate({ available: false }), contact(), rules()],
    [false, 'no room', candidate({ free: 0 }), contact(), rules()],
    [false, 'less than no room', candidate({ free: -1 }), contact(), rules()],
    [true, 'the last place', candidate({ free: 1, active: 4 }), contact(), rules()],
    [false, 'not eligible', candidate({ id: 'carla' }), contact(), rules()],
    [true, 'addressed', candidate({ id: 'carla' }), contact({ preferred: 'carla' }), rules()],
    [true, 'addressed to another', candidate(), contact({ preferred: 'ben' }), rules()],
    [
      false,
      'addressed, not available',
      candidate({ id: 'carla', available: false }),
      contact({ preferred: 'carla' }),
      rules(),
    ],
    [true, 'video beside others', candidate({ active: 3 }), video, rules()],
    [true, 'video alone', candidate(), video, alone],
    [false, 'video alone, but one beside it', candidate({ active: 1 }), video, alone],
    [true, 'a chat beside others', candidate({ active: 3 }), contact(), alone],
    [true, 'voice beside others', candidate({ active: 3 }), contact({ kind: 'voice' }), alone],
  ];
  for (const [expected, what, who, whom, how] of table)
    assert.equal(isOffered(who, whom, how), expected, what);
});

Deno.test('C14 a hand-over is offered to its target alone, or to the service without the sender', () => {
  const table: [boolean, string, Routed][] = [
    [true, 'ben', contact({ transfer: toAgent('ben') })],
    [false, 'anna', contact({ transfer: toAgent('ben') })],
    [false, 'anna', contact({ transfer: toAgent('ben'), preferred: 'anna' })],
    [true, 'zoe', contact({ transfer: toAgent('zoe') })],
    [true, 'ben', contact({ transfer: toService })],
    [false, 'anna', contact({ transfer: toService })],
    [false, 'anna', contact({ transfer: toService, preferred: 'anna' })],
    [false, 'zoe', contact({ transfer: toService })],
  ];
  for (const [expected, agent, whom] of table)
    assert.equal(mayAnswer(agent, whom, rules()), expected, `${agent} ${JSON.stringify(whom)}`);
});

Deno.test('C15 video alone: at most one contact, where the service says so', () => {
  const table: [boolean, number, boolean][] = [
    [true, 0, false],
    [true, 9, false],
    [true, 0, true],
    [true, 1, true],
    [false, 2, true],
  ];
  for (const [expected, active, videoAlone] of table)
    assert.equal(mayVideo(active, { videoAlone }), expected, `${active} ${videoAlone}`);
});

Deno.test('C5 the star: addressed to this agent, or nobody else can take it', () => {
  const table: [boolean, string, Routed, string[]][] = [
    [true, 'addressed', contact({ preferred: 'anna' }), ['anna', 'ben']],
    [false, 'addressed to another', contact({ preferred: 'ben' }), ['anna', 'ben']],
    [true, 'addressed to another, who cannot', contact({ preferred: 'ben' }), ['anna']],
    [false, 'two could', contact(), ['anna', 'ben']],
    [true, 'nobody else', contact(), ['anna']],
    [false, 'somebody else alone', contact(), ['ben']],
    [false, 'nobody at all', contact(), []],
    [false, 'a message left', contact({ kind: 'lead' }), ['anna']],
    [false, 'a callback', contact({ kind: 'callback' }), ['anna']],
    [true, 'a callback, addressed', contact({ kind: 'callback', preferred: 'anna' }), ['anna', 'ben']],
    [true, 'handed over to this agent', contact({ transfer: toAgent('anna') }), ['anna']],
    [false, 'handed over to another', contact({ transfer: toAgent('ben'), preferred: 'anna' }), ['ben']],
    [false, 'handed over to a service', contact({ transfer: toService }), ['anna', 'ben']],
    [true, 'handed over to a service of one', contact({ transfer: toService }), ['anna']],
  ];
  for (const [expected, what, whom, offeredTo] of table)
    assert.equal(isStarred('anna', whom, offeredTo), expected, what);
});

const name = fc.constantFrom('anna', 'ben', 'carla');
const routed: fc.Arbitrary<Routed> = fc.record({
  kind: fc.constantFrom(...CONTACT_KINDS),
  preferred: fc.option(name),
  transfer: fc.option(
    fc.record({
      to: fc.record({ kind: fc.constantFrom('agent' as const, 'service' as const), id: name }),
      from: name,
    }),
  ),
});
const staff = fc.uniqueArray(
  fc.record({ id: name, available: fc.boolean(), free: fc.integer({ min: -1, max: 3 }), active: fc.nat(3) }),
  { selector: ({ id }) => id },
);
const anyRules = fc.record({ eligible: fc.uniqueArray(name), videoAlone: fc.boolean() });

Deno.test('C5 C6 whatever the staff: offered only to who may answer; a live contact of one is starred', () => {
  fc.assert(
    fc.property(staff, routed, anyRules, (staff, whom, how) => {
      const offeredTo = staff.filter((agent) => isOffered(agent, whom, how)).map(({ id }) => id);
      for (const { id, available, free } of staff) {
        if (!offeredTo.includes(id)) continue;
        assert.ok(available && free > 0 && mayAnswer(id, whom, how));
        if (whom.transfer?.to.kind === 'service') assert.notEqual(id, whom.transfer.from);
      }
      if (whom.transfer?.to.kind === 'agent') {
        assert.ok(offeredTo.length <= 1);
        for (const id of offeredTo) assert.ok(isStarred(id, whom, offeredTo));
      }
      const starred = offeredTo.filter((id) => isStarred(id, whom, offeredTo));
      assert.ok(starred.length <= 1, 'two cannot both be the one');
    }),
    { numRuns: 1_000 },
  );
});
