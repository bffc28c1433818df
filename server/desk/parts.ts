import type { Tokens } from '../auth/tokens.ts';
import type { Timers } from '../broker/timers.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Config } from '../config/schema.ts';
import type { Hub } from '../hub.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Reports } from '../reports/reports.ts';
import type { Store } from '../store/port.ts';
import type { Audience } from './audience.ts';
import type { ContactLog } from './contact-log.ts';
import type { Contacts } from './contacts.ts';
import type { Directory } from './directory.ts';
import type { Heard } from './heard.ts';
import type { LiveContacts } from './live-contacts.ts';
import type { LiveIndex } from './live-index.ts';
import type { Load } from './load.ts';
import type { Offers } from './offers.ts';
import type { Presence } from './presence.ts';
import type { QueueFacts } from './queue-facts.ts';
import type { Responses } from './responses.ts';
import type { Roster } from './roster.ts';
import type { ServiceViews } from './service-views.ts';
import type { Staff } from './staff.ts';
import type { Turns } from './turns.ts';

/** What the desk is given. */
export interface DeskDeps {
  readonly store: Store;
  readonly cluster: Cluster;
  readonly hub: Hub;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly tokens: Tokens;
  readonly config: Config;
  readonly reports: Pick<Reports, 'add'>;
  readonly log: Log;
}

/** What a use case works with. */
export interface DeskParts extends DeskDeps {
  readonly directory: Directory;
  readonly heard: Heard;
  readonly load: Load;
  readonly roster: Roster;
  readonly staff: Staff;
  readonly serviceViews: ServiceViews;
  readonly audience: Audience;
  readonly contacts: Contacts;
  readonly contactLog: ContactLog;
  readonly live: LiveContacts;
  readonly liveIndex: LiveIndex;
  readonly offers: Offers;
  readonly queueFacts: QueueFacts;
  readonly presence: Presence;
  readonly responses: Responses;
  readonly turns: Turns;
  /** An agent came, left, or is there for something else: tells visitors and agents what that changes. */
  readonly staffChanged: (agent: string) => void;
}
