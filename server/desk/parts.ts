import type { Tokens } from '../auth/tokens.ts';
import type { Timers } from '../broker/timers.ts';
import type { Config } from '../config/schema.ts';
import type { Hub } from '../hub.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/port.ts';
import type { Audience } from './audience.ts';
import type { ContactLog } from './contact-log.ts';
import type { Contacts } from './contacts.ts';
import type { LiveContacts } from './live-contacts.ts';
import type { LiveIndex } from './live-index.ts';
import type { Presence } from './presence.ts';
import type { Roster } from './roster.ts';
import type { Staff } from './staff.ts';
import type { Turns } from './turns.ts';

/** What the desk is given. */
export interface DeskDeps {
  readonly store: Store;
  readonly hub: Hub;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly tokens: Tokens;
  readonly config: Config;
  readonly log: Log;
}

/** What a use case works with. */
export interface DeskParts extends DeskDeps {
  readonly roster: Roster;
  readonly staff: Staff;
  readonly audience: Audience;
  readonly contacts: Contacts;
  readonly contactLog: ContactLog;
  readonly live: LiveContacts;
  readonly liveIndex: LiveIndex;
  readonly presence: Presence;
  readonly turns: Turns;
}
