import type { LogEntry } from '../../core/protocol/server-frames.ts';
import type { Kept, Snapshot } from './snapshot.ts';
import type { Rule, Violation, Witness, Written } from './witness.ts';

/** Offset and contact of everything written by clients, by its text: the text is whose it is, whatever id it has. */
interface Found {
  readonly contact: string;
  readonly entry: LogEntry;
}

/**
 * The refusal after which no copy of a message may still come through. An agent who lost a contact may get it back while another
 * copy, sent over a socket before, is still on its way: that one then is in time.
 */
const FINAL = 'contact.ended';

/**
 * Holds what is on disk against what clients wrote, were told and saw. `outboxes` are the messages still pending
 * somewhere.
 */
export function checkMessages(
  snapshot: Snapshot,
  { written, acknowledged, seen }: Pick<Witness, 'written' | 'acknowledged' | 'seen'>,
  outboxes: ReadonlySet<string>,
): Violation[] {
  const violations: Violation[] = [];
  const complain = (rule: Rule, contact: string, detail: string) =>
    violations.push({ rule, contact, detail });
  const found = findAll(snapshot);

  for (const message of written.values()) {
    const { id, text, contact, refused } = message;
    const places = found.get(text) ?? [];
    if (places.length > 1)
      complain('twice', contact, `${id} is stored ${places.length} times: ${places.map(placeOf).join(', ')}`);
    for (const place of places) {
      if (place.entry.id !== id)
        complain('twice', place.contact, `${id} is stored under the id ${place.entry.id}`);
      if (refused.get(place.contact) === FINAL)
        complain(
          'refused',
          place.contact,
          `${id} is stored, and was refused with ${refused.get(place.contact)}`,
        );
    }
    const told = acknowledged.get(id);
    if (
      told &&
      !places.some(({ contact, entry }) => contact === told.contact && entry.offset === told.offset)
    )
      complain(
        'lost',
        told.contact,
        `${id} was acknowledged at ${told.offset} and is ${places.map(placeOf).join(', ') || 'nowhere'}`,
      );
    if (places.length === 0 && !told && !outboxes.has(id) && !refused.has(contact))
      complain(
        'lost',
        contact,
        `${id} is neither stored nor refused, and not in the outbox of ${message.by}`,
      );
  }

  for (const [contact, kept] of snapshot) violations.push(...checkLog(contact, kept, written));
  for (const [contact, offsets] of seen) {
    const stored = new Map(snapshot.get(contact)?.log.map((entry) => [entry.offset, entry]));
    for (const [offset, id] of offsets) {
      const entry = stored.get(offset);
      if (!entry || (id !== null && entry.id !== id))
        complain(
          'log',
          contact,
          `somebody saw ${id ?? 'a hidden entry'} at ${offset}, where ${entry?.id ?? 'nothing'} is`,
        );
    }
  }
  return violations;
}

/** One log in itself: an unbroken chain, and everybody's messages in the order of writing. */
function checkLog(contact: string, { log }: Kept, written: Witness['written']): Violation[] {
  const violations: Violation[] = [];
  const complain = (rule: Rule, detail: string) => violations.push({ rule, contact, detail });
  let previous = 0;
  for (const entry of log) {
    if (entry.previous !== previous || entry.offset <= previous)
      complain('log', `offset ${entry.offset} follows ${previous} and names ${entry.previous}`);
    previous = entry.offset;
  }
  const ids = log.map(({ id }) => id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at)))
    complain('twice', `${id} is in the log more than once`);
  const order = [...written.keys()];
  const places = new Map(order.map((id, place) => [id, place]));
  const newest = new Map<string, Written>();
  for (const { id } of log) {
    const message = written.get(id);
    if (!message || message.refused.has(contact)) continue;
    const before = newest.get(message.by);
    if (before && (places.get(before.id) ?? 0) > (places.get(id) ?? 0))
      complain('order', `${id} comes behind ${before.id}, which ${message.by} wrote later`);
    newest.set(message.by, message);
  }
  return violations;
}

function findAll(snapshot: Snapshot): Map<string, Found[]> {
  const found = new Map<string, Found[]>();
  for (const [contact, { log }] of snapshot)
    for (const entry of log) {
      if (entry.kind !== 'message' && entry.kind !== 'note') continue;
      const places = found.get(entry.text);
      if (places) places.push({ contact, entry });
      else found.set(entry.text, [{ contact, entry }]);
    }
  return found;
}

const placeOf = ({ contact, entry }: Found): string => `${contact} ${entry.offset}`;
