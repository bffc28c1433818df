import type { Contact } from '../../core/contact/contact.ts';
import { otherSide } from '../../core/contact/model.ts';
import type { CallStart } from '../../core/protocol/server-frames.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { Config } from '../config/schema.ts';
import type { Hub } from '../hub.ts';
import type { Ids } from '../ids.ts';
import type { Audience } from './audience.ts';

/** Seconds within which a client of the attempt must reach the broker, and may come back to it. */
const TICKET_LIFE = 300;

export interface AttemptDeps {
  readonly hub: Hub;
  readonly audience: Audience;
  readonly tokens: Tokens;
  readonly ids: Ids;
  readonly config: Config;
}

/** Tells the page loads that hold a call to begin an attempt at media, under broker ids of this attempt alone. */
export async function startAttempt(deps: AttemptDeps, contact: Contact): Promise<void> {
  const { call } = contact;
  if (!call) return;
  const peers = { visitor: deps.ids(), agent: deps.ids() };
  const ice: CallStart['ice'] = deps.config.ice.servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
  for (const side of ['visitor', 'agent'] as const) {
    const holder = deps.audience.holder(contact, side);
    if (!holder) continue;
    const self = peers[side];
    const remote = peers[otherSide(side)];
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
      ice,
    });
  }
}
