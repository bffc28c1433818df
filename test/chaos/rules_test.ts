import assert from 'node:assert/strict';
import type { Contact } from '../../core/contact/contact.ts';
import type { EventName } from '../../core/contact/model.ts';
import type { LogEntry } from '../../core/protocol/server-frames.ts';
import { after, assigned, BEN, ended, NOW, taking, waiting } from '../support/contact-machine.ts';
import { aMessage } from '../support/contact-sample.ts';
import { type AgentWindow, type Clients, checkDesk, type VisitorWindow } from './check-desk.ts';
import { checkMessages } from './check-messages.ts';
import { checkStories } from './check-story.ts';
import type { Kept } from './snapshot.ts';
import { type Violation, Witness } from './witness.ts';

/** What the checker says of worlds that are made so that exactly one thing is wrong, or nothing. */

const event = (offset: number, name: EventName, by: string | null = null): LogEntry => ({
  kind: 'event',
  offset,
  previous: offset - 1,
  id: `e-${offset}-0`,
  at: NOW,
  event: name,
  side: null,
  name: by,
  call: null,
  seconds: null,
  text: null,
  score: null,
});

const OPENED = event(1, 'contact.opened', 'Vera');
const TAKEN = event(2, 'contact.taken', 'Anna');
const kept = (contact: Contact, ...log: LogEntry[]): ReadonlyMap<string, Kept> =>
  new Map([[contact.id, { contact, log }]]);

const rulesOf = (violations: readonly Violation[]): string[] => violations.map(({ rule }) => rule);

/** A visitor and two agents who show what is stored. */
function windows({ contact, log }: Kept): { visitor: VisitorWindow; anna: AgentWindow; ben: AgentWindow } {
  const shown = {
    views: new Map([[contact.id, { phase: contact.phase, agent: contact.agent }]]),
    transcripts: new Map([[contact.id, { entries: log }]]),
  };
  const agent = (id: string): AgentWindow => ({
    ...shown,
    name: id,
    side: 'agent',
    agent: id,
    status: { state: 'available' },
    assigned: contact.phase === 'assigned' && contact.agent?.id === id ? [contact.id] : [],
    waiting: new Map(contact.phase === 'waiting' ? [[contact.id, true]] : []),
  });
  return {
    visitor: { ...shown, name: 'vera', side: 'visitor', contact: contact.id },
    anna: agent('anna'),
    ben: agent('ben'),
  };
}

function desk(
  snapshot: ReadonlyMap<string, Kept>,
  change: (windows: ReturnType<typeof windowsOf>) => Partial<ReturnType<typeof windowsOf>> = () => ({}),
  { now = NOW, limit = 1 } = {},
): string[] {
  const { visitor, anna, ben } = { ...windowsOf(snapshot), ...change(windowsOf(snapshot)) };
  const clients: Clients = {
    visitors: [visitor],
    agents: [anna, ben],
    limits: new Map([
      ['anna', limit],
      ['ben', limit],
    ]),
    eligible: () => ['anna', 'ben'],
  };
  return rulesOf(checkDesk(snapshot, clients, now));
}

function windowsOf(snapshot: ReadonlyMap<string, Kept>) {
  const [only] = snapshot.values();
  assert.ok(only);
  return windows(only);
}

/** A witness of messages by Anna, all of them acknowledged where they stand in the log. */
function witnessOf(log: readonly LogEntry[]): Witness {
  const witness = new Witness();
  for (const entry of log.toSorted((a, b) => a.offset - b.offset)) {
    if (entry.kind !== 'message') continue;
    witness.write({ id: entry.id, text: entry.text, note: false, by: 'anna', contact: 'c1' });
    witness.saw('c1', entry, true);
  }
  return witness;
}

const LOG = [OPENED, TAKEN, aMessage(3), aMessage(4), aMessage(5)];
const without = (offset: number): LogEntry[] => LOG.filter((entry) => entry.offset !== offset);
const messages = (log: LogEntry[], witness = witnessOf(LOG), outboxes: string[] = []): string[] =>
  rulesOf(checkMessages(kept(assigned(), ...log), witness, new Set(outboxes)));

Deno.test('S6 a world in which all is well breaks no rule', () => {
  assert.deepEqual(messages(LOG), []);
  assert.deepEqual(checkStories(kept(assigned(), OPENED, TAKEN)), []);
  assert.deepEqual(desk(kept(assigned(), OPENED, TAKEN)), []);
  assert.deepEqual(desk(kept(waiting(), OPENED)), []);
  assert.deepEqual(desk(kept(ended(), OPENED, TAKEN, event(3, 'contact.ended'))), []);
});

Deno.test('S6 a message that is lost, doubled, moved or out of order breaks a rule', () => {
  assert.ok(messages(without(5)).includes('lost'));
  assert.ok(messages([...LOG, { ...aMessage(6), id: 'another', text: 'text 5' }]).includes('twice'));
  assert.ok(messages([...without(5), { ...aMessage(6), id: 'm5', text: 'text 5' }]).includes('lost'));
  const swapped = [
    OPENED,
    TAKEN,
    { ...aMessage(4), offset: 3, previous: 2 },
    { ...aMessage(3), offset: 4, previous: 3 },
  ];
  const unseen = new Witness();
  for (const n of [3, 4])
    unseen.write({ id: `m${n}`, text: `text ${n}`, note: false, by: 'anna', contact: 'c1' });
  assert.deepEqual(messages(swapped, unseen), ['order']);
});

Deno.test('S6 what is not acknowledged is in an outbox, or was refused and is not stored', () => {
  const witness = witnessOf(LOG);
  witness.write({ id: 'm9', text: 'text 9', note: false, by: 'anna', contact: 'c1' });
  assert.deepEqual(messages(LOG, witness), ['lost']);
  assert.deepEqual(messages(LOG, witness, ['m9']), []);
  witness.written.get('m9')?.refused.set('c1', 'contact.ended');
  assert.deepEqual(messages(LOG, witness), []);
  const late = { ...aMessage(6), id: 'm9', text: 'text 9' };
  assert.deepEqual(messages([...LOG, late], witness), ['refused']);
});

Deno.test('S6 what anybody was ever shown stays where it was, in an unbroken log', () => {
  const witness = new Witness();
  witness.saw('c1', aMessage(3), false);
  assert.deepEqual(messages([OPENED, TAKEN], witness), ['log']);
  witness.saw('c1', { ...aMessage(3), id: 'another' }, false);
  assert.deepEqual(rulesOf(witness.violations), ['log']);
  assert.deepEqual(messages([OPENED, { ...TAKEN, previous: 0 }], new Witness()), ['log']);
});

Deno.test('S6 C8 event lines that tell of two agents, or of something else than what is, break a rule', () => {
  const twice = checkStories(kept(assigned(), OPENED, TAKEN, event(3, 'contact.taken', 'Ben')));
  assert.deepEqual(rulesOf(twice), ['two agents', 'story']);
  assert.deepEqual(rulesOf(checkStories(kept(assigned(), OPENED))), ['story']);
  assert.deepEqual(rulesOf(checkStories(kept(assigned(), TAKEN, { ...OPENED, offset: 3 }))), [
    'story',
    'story',
    'story',
  ]);
});

Deno.test('S6 C8 a contact that two agents show, nobody shows or nobody can take breaks a rule', () => {
  const taken = kept(assigned(), OPENED, TAKEN);
  assert.deepEqual(
    desk(taken, ({ ben }) => ({ ben: { ...ben, assigned: ['c1'] } })),
    ['two agents'],
  );
  assert.deepEqual(
    desk(taken, ({ anna }) => ({ anna: { ...anna, assigned: [] } })),
    ['forgotten'],
  );
  const open = kept(waiting(), OPENED);
  const blind = ({ ben }: { ben: AgentWindow }) => ({ ben: { ...ben, waiting: new Map() } });
  assert.deepEqual(desk(open, blind), ['forgotten']);
  assert.deepEqual(
    desk(open, ({ ben }) => ({ ben: { ...blind({ ben }).ben, status: { state: 'away' } } })),
    [],
  );
  assert.deepEqual(
    desk(open, () => ({}), { now: NOW + 200_000 }),
    ['forgotten'],
  );
});

Deno.test('S6 C15 views that differ from the store, and more contacts than the limit, break a rule', () => {
  const taken = kept(assigned(), OPENED, TAKEN);
  const ofBen = after(waiting(), taking(BEN));
  assert.deepEqual(
    desk(taken, ({ visitor }) => ({ visitor: { ...visitor, views: new Map([['c1', ofBen]]) } })),
    ['view'],
  );
  assert.deepEqual(
    desk(taken, ({ anna }) => ({
      anna: { ...anna, transcripts: new Map([['c1', { entries: [OPENED] }]]) },
    })),
    ['view'],
  );
  assert.deepEqual(
    desk(taken, () => ({}), { limit: 0 }),
    ['limit'],
  );
});
