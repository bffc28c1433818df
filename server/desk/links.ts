import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { Connection } from '../connection.ts';
import { type Outcome, refuse } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { asParty } from './party.ts';

/** Shows the visitor a page. */
export async function pushLink(
  desk: DeskParts,
  from: Connection,
  frame: Extract<ClientFrame, { type: 'link.push' }>,
): Promise<Outcome> {
  const url = URL.parse(frame.url.trim());
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return refuse('link.invalid', 'it is not a web address that begins with https:// or http://');
  return desk.contacts.change(
    frame.contact,
    asParty(from, () => ({ type: 'push-link', url: url.href })),
  );
}
