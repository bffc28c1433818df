/** Where things lie. The first part tells our rows from those of others in one database. */

const ROOT = 'vicino';

export const EPOCH: Deno.KvKey = [ROOT, 'epoch'];
export const documentKey = (key: string): Deno.KvKey => [ROOT, 'document', key];
export const logKey = (log: string): Deno.KvKey => [ROOT, 'entry', log];
export const entryKey = (log: string, offset: number): Deno.KvKey => [...logKey(log), offset];

/** Where a process has the database to itself: packets of entries in the order in which they came. */
export const ARRIVALS: Deno.KvKey = [ROOT, 'arrivals'];
/** `number` of the first entry. */
export const arrivalsKey = (number: number): Deno.KvKey => [...ARRIVALS, number];
/** Changes with them. */
export const TURN: Deno.KvKey = [ROOT, 'turn'];
/** And packets of those of one log. */
export const FILED: Deno.KvKey = [ROOT, 'filed'];
export const filedLogKey = (log: string): Deno.KvKey => [...FILED, log];
/** `offset` of the last entry. */
export const filedKey = (log: string, offset: number): Deno.KvKey => [...filedLogKey(log), offset];

/** Holds the instances that are there. */
export const MEMBERS: Deno.KvKey = [ROOT, 'members'];
/** Renewed by a living instance. */
export const ALIVE: Deno.KvKey = [ROOT, 'alive'];
export const aliveKey = (instance: string): Deno.KvKey => [...ALIVE, instance];
/** What an instance has not fetched yet, by sender and number. */
export const inboxKey = (instance: string): Deno.KvKey => [ROOT, 'inbox', instance];
/** Changes when something was put into the inbox; for watching, since an inbox cannot be watched. */
export const bellKey = (instance: string): Deno.KvKey => [ROOT, 'bell', instance];
/** There while the instance answers the subject. */
export const answersKey = (instance: string): Deno.KvKey => [ROOT, 'answers', instance];
export const answerKey = (instance: string, subject: string): Deno.KvKey => [
  ...answersKey(instance),
  subject,
];
