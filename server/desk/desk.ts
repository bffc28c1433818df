import { contactDeadline } from '../../core/contact/contact.ts';
import type { ClientFrame, Hello } from '../../core/protocol/client-frames.ts';
import type { Connection, Wire } from '../connection.ts';
import { startAttempt } from './attempts.ts';
import { Audience } from './audience.ts';
import { ContactLog } from './contact-log.ts';
import { Contacts } from './contacts.ts';
import { Deadlines } from './deadlines.ts';
import { receive } from './dispatch.ts';
import { FollowUp } from './follow-up.ts';
import { LiveContacts } from './live-contacts.ts';
import { LiveIndex } from './live-index.ts';
import type { DeskDeps, DeskParts } from './parts.ts';
import { Presence } from './presence.ts';
import { Roster } from './roster.ts';
import { Staff } from './staff.ts';
import { Turns } from './turns.ts';
import { type Greeting, welcome } from './welcome.ts';

/** The use cases: what clients ask for, carried out on the store and told to whom it concerns. */
export interface Desk {
  /** Takes up what the store knows. To be awaited before the first hello. */
  start(): Promise<void>;
  /** Answers the first frame of a socket. `origin` is the page's, as the browser said. */
  hello(wire: Wire, frame: Hello, origin: string | null): Promise<Greeting>;
  /** Carries out one frame and answers it. Rejects only where the server itself failed. */
  receive(from: Connection, frame: ClientFrame): Promise<void>;
  /** The socket is closed: nothing reaches it any more. */
  detach(connection: Connection): void;
  /** All frames of the closed socket are carried out. */
  left(connection: Connection): Promise<void>;
  /** Stops all timers and waits for what is under way. Presence stays as it was: a restart is nobody's absence. */
  close(): Promise<void>;
}

export function createDesk(deps: DeskDeps): Desk {
  const { store, hub, clock, timers, config, log } = deps;
  const roster = new Roster(config);
  const staff = new Staff(store, hub, roster);
  const audience = new Audience(hub, roster);
  const contactLog = new ContactLog(store);
  const live = new LiveContacts();
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
    deadlines,
    startAttempt: (contact) => startAttempt({ ...deps, audience }, contact),
  });
  const contacts = new Contacts(store, clock, turns, (commit) => followUp.carryOut(commit));
  const presence = new Presence({ hub, contacts, live, clock });
  const parts: DeskParts = {
    ...deps,
    roster,
    staff,
    audience,
    contacts,
    contactLog,
    live,
    liveIndex,
    presence,
    turns,
  };
  let closing = false;

  /** Finishes what a crash may have cut short, and marks whoever was connected as away. */
  async function recover(id: string): Promise<void> {
    const stored = await contacts.load(id);
    if (stored) await followUp.settle(stored.contact, stored.owed);
    if (!stored || stored.contact.phase === 'ended') return liveIndex.remove(id);
    live.put(stored.contact);
    deadlines.set(id, contactDeadline(stored.contact));
    await presence.settle(id, 'visitor');
    await presence.settle(id, 'agent');
  }

  return {
    async start() {
      await staff.load();
      const ids = await Array.fromAsync(liveIndex.all());
      await Promise.all(ids.map(recover));
    },
    hello: (wire, frame, origin) => welcome(parts, wire, frame, origin),
    receive: (from, frame) => receive(parts, from, frame),
    detach: (connection) => hub.remove(connection),
    async left(connection) {
      hub.remove(connection);
      if (closing) return;
      await presence.left(connection);
      if (connection.side === 'agent') staff.announce();
    },
    async close() {
      closing = true;
      deadlines.close();
      await turns.idle();
    },
  };
}
