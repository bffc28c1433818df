import type { VisitedPage } from '../../core/protocol/schemas.ts';
import type { DeskParts } from './parts.ts';

/** What is kept of a visitor between contacts. Made with their first one: nothing is kept of who only looks around. */
export interface VisitorRecord {
  readonly firstSeen: number;
  /** Newest last. */
  readonly contacts: readonly string[];
  /** Pages they were on, oldest first. */
  readonly trail: readonly VisitedPage[];
}

const MAX_REMEMBERED = 20;

const keyOf = (visitor: string): string => `visitor/${visitor}`;

export async function recordOf(
  { store }: Pick<DeskParts, 'store'>,
  visitor: string,
): Promise<VisitorRecord | null> {
  return (await store.get<VisitorRecord>(keyOf(visitor)))?.value ?? null;
}

/** Notes a contact with its visitor; gives those before it, oldest first. */
export async function remember(
  desk: Pick<DeskParts, 'store' | 'clock'>,
  visitor: string,
  contact: string,
): Promise<readonly string[]> {
  let former: readonly string[] = [];
  await changeRecord(desk, visitor, (record) => {
    const { firstSeen, contacts, trail } = record ?? { firstSeen: desk.clock(), contacts: [], trail: [] };
    former = contacts.filter((id) => id !== contact);
    return { firstSeen, contacts: [...former, contact].slice(-MAX_REMEMBERED), trail };
  });
  return former;
}

/** Changes what is kept of a visitor; null leaves it as it is. Asked again when another change came first. */
export async function changeRecord(
  { store }: Pick<DeskParts, 'store'>,
  visitor: string,
  change: (record: VisitorRecord | null) => VisitorRecord | null,
): Promise<void> {
  const key = keyOf(visitor);
  while (true) {
    const document = await store.get<VisitorRecord>(key);
    const record = change(document?.value ?? null);
    if (!record || (await store.put(key, record, document?.version ?? null)) !== null) return;
  }
}

/** The agent who answered the visitor last at a service, from their former contacts; null: nobody did. */
export async function lastAgentAt(
  { contacts }: Pick<DeskParts, 'contacts'>,
  former: readonly string[],
  service: string,
): Promise<string | null> {
  for (const id of former.toReversed()) {
    const contact = await contacts.find(id);
    if (contact?.service.id === service && contact.agent) return contact.agent.id;
  }
  return null;
}
