import type { Ticket, TicketResult } from '../auth/tokens.ts';
import { BrokerClose, type BrokerError, isPeerId, OVERLOADED } from './protocol.ts';

export type Admission =
  | { readonly ok: true; readonly ticket: Ticket }
  | { readonly ok: false; readonly error: BrokerError; readonly close: number };

/** Decides whether whoever says it is `id` and shows `token` may come in. */
export function admit(
  verify: (token: string) => TicketResult,
  id: string | null,
  token: string | null,
): Admission {
  if (!id || !token) return refuse('ticket.missing', 'it gave no id or no ticket', BrokerClose.badTicket);
  const result = verify(token);
  if (!result.ok) {
    return result.code === 'ticket.expired'
      ? refuse(result.code, 'its ticket has expired', BrokerClose.expiredTicket)
      : refuse(result.code, 'its ticket is not valid', BrokerClose.badTicket);
  }
  if (!isPeerId(result.ticket.peer) || !isPeerId(result.ticket.remote)) {
    return refuse('ticket.invalid', 'its ticket names no peer', BrokerClose.badTicket);
  }
  if (result.ticket.peer !== id) {
    return refuse('ticket.foreign', 'its ticket belongs to another peer', BrokerClose.foreignTicket);
  }
  return { ok: true, ticket: result.ticket };
}

const refuse = (code: BrokerError['code'], reason: string, close: number): Admission => ({
  ok: false,
  error: { code, message: `Cannot admit the peer: ${reason}` },
  close,
});

/** For when the ticket could not even be read. */
export const ADMISSION_FAILED = refuse('broker.failed', 'the server failed', BrokerClose.failed);

/** For when those who are there have to wait already. */
export const NO_ROOM: Admission = { ok: false, error: OVERLOADED, close: BrokerClose.overloaded };
