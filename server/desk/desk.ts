import { type Contact, contactDeadline } from '../../core/contact/contact.ts';
import type { ClientFrame, Hello } from '../../core/protocol/client-frames.ts';
import type { Caller, Connection, Wire } from '../connection.ts';
import { startAttempt } from './attempts.ts';
import { Audience } from './audience.ts';
import { ContactLog } from './contact-log.ts';
import { Contacts } from './contacts.ts';
import { Deadlines } from './deadlines.ts';
import { receive } from './dispatch.ts';
import { FollowUp } from './follow-up.ts';
import { LiveContacts } from './live-contacts.ts';
import { LiveIndex } from './live-index.ts';
import { Offers } from './offers.ts';
import type { Outcome } from './outcome.ts';
import type { DeskDeps, DeskParts } from './parts.ts';
import { Presence } from './presence.ts';
import { QueueFacts } from './queue-facts.ts';
import { Responses } from './responses.ts';
import { Roster } from './roster.ts';
import { createSentFiles, type SentFiles } from './sent-files.ts';
import { ServiceViews } from './service-views.ts';
import { Staff } from './staff.ts';
import { passSwitches } from './switches.ts';
import { Turns } from './turns.ts';
import { type Greeting, welcome } from './welcome.ts';

/** The use cases: what clients ask for, carried out on the store and told to whom it concerns. */
export interface Desk {
  readonly files: SentFiles;
  /** Takes up what the store knows. To be awaited before the first hello. */
  start(): Promise<void>;
  /** Answers the first frame of a socket. `caller` is what came with the upgrade. */
  hello(wire: Wire, frame: Hello, caller: Caller): Promise<Greeting>;
  /** Carries out one frame and answers it; gives how that ended. Rejects only where the server itself failed. */
  receive(from: Connection, frame: ClientFrame): Promise<Outcome>;
  /** Contacts that have not ended, as far as this instance knows. */
  contacts(): readonly Contact[];
  /** The socket is closed: nothing reaches it any more. */
  detach(connection: Connection): void;
  /** All frames of the closed socket are carried out. */
  left(connection: Connection): Promise<void>;
  /** Another configuration is in force: tells visitors and agents what that changes. */
  configured(): void;
  /** Stops all timers and waits for what is under way. Presence stays as it was: a restart is nobody's absence. */
  close(): Promise<void>;
}

export function createDesk(deps: DeskDeps): Desk {
  const { store, hub, clock, timers, config, log } = deps;
  const roster = new Roster(config);
  const live = new LiveContacts();
  const staff = new Staff({ store, hub, roster, live });
  const serviceViews = new ServiceViews({ hub, roster, staff, clock, timers, log });
  const offers = new Offers({ hub, live, roster, staff });
  const queueFacts = new QueueFacts({ hub, live, clock });
  const audience = new Audience(hub);
  const contactLog = new ContactLog(store);
  const liveIndex = new LiveIndex(store);
  const turns = new Turns();
  const deadlines = new Deadlines({
    clock,
    timers,
    async expire(id) {
      const ticked = await contacts.change(id, () => ({ type: 'tick', at: clock() }));
      if (ticked.ok) deadlines.set(id, contactDeadline(ticked.contact));
    },
    failed: (error, contact) => log.failed('deadline.failed', error, { contact }),
  });
  const followUp = new FollowUp({
    hub,
    audience,
    contactLog,
    live,
    liveIndex,
    offers,
    queueFacts,
    deadlines,
    reports: deps.reports,
    startAttempt: (contact) => startAttempt({ ...deps, audience }, contact),
    loadChanged(agent) {
      offers.agentChanged(agent);
      tellSwitches(agent);
    },
  });
  const contacts = new Contacts({
    store,
    clock,
    turns,
    liveIndex,
    follow: (commit) => followUp.carryOut(commit),
  });
  const presence = new Presence({ hub, contacts, live, clock });
  const parts: DeskParts = {
    ...deps,
    roster,
    staff,
    serviceViews,
    audience,
    contacts,
    contactLog,
    live,
    liveIndex,
    offers,
    queueFacts,
    presence,
    responses: new Responses(store, roster),
    turns,
    staffChanged(agent) {
      serviceViews.announce();
      offers.agentChanged(agent);
    },
  };
  let closing = false;

  /** Not waited for: who calls may be in the turn of a contact that is to be told. */
  function tellSwitches(agent: string): void {
    passSwitches(parts, agent).catch((error: unknown) => log.failed('switches.failed', error, { agent }));
  }

  /** Finishes what a crash may have cut short, and marks whoever was connected as away. */
  async function recover(id: string): Promise<void> {
    const stored = await contacts.load(id);
    if (stored) await followUp.settle(stored.contact, stored.owed, stored.facts);
    if (!stored || stored.contact.phase === 'ended') return liveIndex.remove(id);
    live.put(stored.contact);
    deadlines.set(id, contactDeadline(stored.contact));
    await presence.settle(id, 'visitor');
    await presence.settle(id, 'agent');
  }

  return {
    files: createSentFiles(parts),
    async start() {
      await staff.load();
      serviceViews.configure();
      const ids = await Array.fromAsync(liveIndex.all());
      await Promise.all(ids.map(recover));
      for (const { id } of roster.agents) tellSwitches(id);
    },
    hello: (wire, frame, caller) => welcome(parts, wire, frame, caller),
    receive: (from, frame) => receive(parts, from, frame),
    contacts: () => live.all(),
    detach: (connection) => hub.remove(connection),
    async left(connection) {
      hub.remove(connection);
      if (closing) return;
      await presence.left(connection);
      if (connection.side === 'agent') parts.staffChanged(connection.id);
    },
    configured() {
      roster.configure(config);
      serviceViews.configure();
      offers.configure();
      for (const { id } of roster.agents) tellSwitches(id);
    },
    async close() {
      closing = true;
      deadlines.close();
      serviceViews.close();
      await turns.idle();
    },
  };
}
