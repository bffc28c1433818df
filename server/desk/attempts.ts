import type { Contact } from '../../core/contact/contact.ts';
import { otherSide, type Side } from '../../core/contact/model.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { Config } from '../config/schema.ts';
import type { Connection, Window } from '../connection.ts';
import type { Hub } from '../hub.ts';
import { iceServersFor } from '../ice.ts';
import type { Audience } from './audience.ts';
import type { Directory } from './directory.ts';

/** Seconds within which a client of the attempt must reach the broker, and may come back to it. */
const TICKET_LIFE = 300;

/** The attempt each socket was last told to begin, by its own broker id: what was prepared while it rang is not told twice. */
const begun = new WeakMap<Connection, string>();

export interface AttemptDeps {
  readonly hub: Hub;
  readonly directory: Directory;
  readonly audience: Audience;
  readonly tokens: Tokens;
  readonly config: Config;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/**
 * Tells the page loads that hold a call, or are about to, to begin an attempt at media, under broker ids of this attempt
 * alone. While a call rings they only go to the broker; who asked first dials when the other side has answered. Every
 * instance tells those that are connected to it.
 */
export async function startAttempt(deps: AttemptDeps, contact: Contact): Promise<void> {
  const { call } = contact;
  if (!call) return;
  const peerOf = (side: Side) => deps.tokens.peerId(contact.id, call.id, String(call.attempt), side);
  const tell = async (side: Side) => {
    const holder = deps.audience.holder(contact, side) ?? asked(deps.audience, contact, side);
    if (!holder || !deps.directory.isHere(holder)) return;
    const [self, remote] = await Promise.all([peerOf(side), peerOf(otherSide(side))]);
    if (begun.get(holder) === self) return;
    begun.set(holder, self);
    const ticket = await deps.tokens.signTicket({
      peer: self,
      remote,
      contact: contact.id,
      expiresIn: TICKET_LIFE,
    });
    deps.hub.send([holder], {
      type: 'call.start',
      contact: contact.id,
      call: call.id,
      attempt: call.attempt,
      role: call.askedBy === side ? 'caller' : 'answerer',
      self,
      remote,
      ticket,
      ice: await iceServersFor(deps.config.ice, `${call.id}-${call.attempt}-${side}`, deps.clock()),
    });
  };
  await Promise.all([tell('visitor'), tell('agent')]);
}

/** The one window that can answer a ringing call; of several nobody knows which it will be. */
function asked(audience: Audience, contact: Contact, side: Side): Window | undefined {
  const windows = contact.call?.status === 'asking' ? audience.windows(contact, side) : [];
  return windows.length === 1 ? windows[0] : undefined;
}
