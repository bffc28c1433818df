import type { Contact } from '../../core/contact/contact.ts';
import type { ServerFrameOf } from '../../core/protocol/server-frames.ts';
import type { Connection } from '../connection.ts';
import { isParty } from './audience.ts';
import { done, type Outcome, unknownContact } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { recordOf } from './visitor-record.ts';

type Card = ServerFrameOf<'visitor.card'>;

/** Tells the agent of a contact what is known of its visitor. */
export async function readCard(desk: DeskParts, from: Connection, id: string): Promise<Outcome> {
  const contact = await desk.contacts.find(id);
  if (!contact || !isParty(contact, from)) return unknownContact;
  from.reply(await cardOf(desk, contact));
  return done;
}

/** What is known of a visitor has changed: tells the agents who have their contacts. */
export async function tellCards(desk: DeskParts, visitor: string): Promise<void> {
  desk.cluster.tell({ type: 'card', visitor });
  await showCards(desk, visitor);
}

/** The same for those who are connected here. */
export async function showCards(desk: DeskParts, visitor: string): Promise<void> {
  for (const contact of desk.live.of('visitor', visitor)) {
    const windows = desk.audience.here(contact, 'agent');
    if (windows.length > 0) desk.hub.send(windows, await cardOf(desk, contact));
  }
}

async function cardOf(desk: DeskParts, { id, visitor, openedAt }: Contact): Promise<Card> {
  const record = await recordOf(desk, visitor.id);
  const former = record?.contacts.filter((contact) => contact !== id).toReversed() ?? [];
  const earlier = await Promise.all(former.map((contact) => desk.contacts.find(contact)));
  return {
    type: 'visitor.card',
    contact: id,
    firstSeen: record?.firstSeen ?? openedAt,
    trail: [...(record?.trail ?? [])],
    earlier: earlier.filter((contact) => contact !== null).map(earlierOf),
  };
}

const earlierOf = ({
  id,
  service,
  kind,
  openedAt,
  endedAt,
  agent,
  rating,
}: Contact): Card['earlier'][number] => ({
  contact: id,
  service,
  kind,
  openedAt,
  endedAt,
  agent: agent?.name ?? null,
  score: rating?.score ?? null,
});
