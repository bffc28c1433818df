import type { Contact } from '../../core/contact/contact.ts';
import type { ClientFrame, Hello } from '../../core/protocol/client-frames.ts';
import type { Caller, Connection, Wire } from '../connection.ts';
import { startAttempt } from './attempts.ts';
import { Audience } from './audience.ts';
import { ContactLog } from './contact-log.ts';
import { Contacts } from './contacts.ts';
import { Deadlines } from './deadlines.ts';
import { Directory } from './directory.ts';
import { receive } from './dispatch.ts';
import { FollowUp } from './follow-up.ts';
import { Heard } from './heard.ts';
import { LiveContacts } from './live-contacts.ts';
import { LiveIndex } from './live-index.ts';
import { Load } from './load.ts';
import { Offers } from './offers.ts';
import { createOthers, type Others } from './others.ts';
import type { Outcome } from './outcome.ts';
import type { DeskDeps, DeskParts } from './parts.ts';
import { Presence } from './presence.ts';
import { QueueFacts } from './queue-facts.ts';
import { Recovery } from './recovery.ts';
import { Responses } from './responses.ts';
import { Roster } from './roster.ts';
import { createSentFiles, type SentFiles } from './sent-files.ts';
import { ServiceViews } from './service-views.ts';
import { Staff } from './staff.ts';
import { passSwitches } from './switches.ts';
import { Turns } from './turns.ts';
import { Turnstile } from './turnstile.ts';
import { type Greeting, welcome } from './welcome.ts';

/**
 * Hellos answered side by side. After a restart everybody comes at once: answered all together, the first would be done when the
 * last is, and by then have given up and come again.
 */
const HELLOS = 64;

/** The use cases: what clients ask for, carried out on the store and told to whom it concerns. */
export interface Desk {
  readonly files: SentFiles;
  /** For what other instances tell. */
  readonly others: Others;
  /** Who is connected, here and elsewhere. */
  readonly directory: Directory;
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
  const { store, cluster, hub, clock, timers, ids, config, log } = deps;
  const roster = new Roster(config);
  const live = new LiveContacts();
  const directory = new Directory(hub, cluster);
  const heard = new Heard(!cluster.isAlone);
  const staff = new Staff({ store, directory, roster, live });
  const serviceViews = new ServiceViews({ hub, roster, staff, clock, timers, log });
  const offers = new Offers({ hub, directory, live, roster, staff });
  const queueFacts = new QueueFacts({ hub, live, clock, timers });
  const audience = new Audience({ hub, directory, cluster, heard });
  const contactLog = new ContactLog(store);
  const liveIndex = new LiveIndex(store, clock);
  const turns = new Turns();
  const hellos = new Turnstile(HELLOS);
  const deadlines = new Deadlines({
    clock,
    timers,
    async expire(id) {
      const ticked = await contacts.change(id, () => ({ type: 'tick', at: clock() }));
      if (ticked.ok) followUp.await(ticked.contact);
    },
    failed: (error, contact) => log.failed('deadline.failed', error, { contact }),
  });
  const followUp: FollowUp = new FollowUp({
    hub,
    cluster,
    audience,
    contactLog,
    live,
    liveIndex,
    offers,
    queueFacts,
    deadlines,
    presence: { review: (contact) => closing || presence.review(contact) },
    reports: deps.reports,
    startAttempt: (contact) => startAttempt({ ...deps, directory, audience }, contact),
    loadChanged(agent, isOurs) {
      offers.agentChanged(agent);
      // Where two change at once, one of them does not know of the other: one instance sees both.
      if (isOurs || cluster.owns(agent)) tellSwitches(agent);
    },
    failed: (error, contact) => log.failed('attempt.failed', error, { contact }),
  });
  const contacts = new Contacts({
    store,
    clock,
    turns,
    liveIndex,
    follow: (commit) => followUp.carryOut(commit),
    settle: ({ contact, owed, facts }) => followUp.settle(contact, owed, facts),
  });
  const presence = new Presence({ hub, directory, cluster, contacts, live, clock, timers, log });
  const parts: DeskParts = {
    ...deps,
    directory,
    heard,
    load: new Load({ store, contacts, live, clock, ids }),
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

  const recovery = new Recovery({
    cluster,
    audience,
    contacts,
    contactLog,
    followUp,
    heard,
    live,
    liveIndex,
    presence,
  });

  return {
    files: createSentFiles(parts),
    others: createOthers({ desk: parts, followUp, recovery }),
    directory,
    async start() {
      await staff.load();
      serviceViews.configure();
      await recovery.start();
      for (const { id } of roster.agents) tellSwitches(id);
    },
    hello: (wire, frame, caller) => hellos.run(() => welcome(parts, wire, frame, caller)),
    receive: (from, frame) => receive(parts, from, frame),
    contacts: () => live.all(),
    detach: (connection) => directory.remove(connection),
    async left(connection) {
      directory.remove(connection);
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
      presence.close();
      serviceViews.close();
      queueFacts.close();
      await turns.idle();
    },
  };
}
