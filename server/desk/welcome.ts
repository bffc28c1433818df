import type { Contact } from '../../core/contact/contact.ts';
import { viewOf } from '../../core/contact/view.ts';
import type { AgentHello, Hello, VisitorHello } from '../../core/protocol/client-frames.ts';
import { CloseCode, type ErrorCode } from '../../core/protocol/codes.ts';
import { PROTOCOL_VERSION } from '../../core/protocol/limits.ts';
import type { Position } from '../../core/protocol/schemas.ts';
import type { Welcome } from '../../core/protocol/server-frames.ts';
import { type Caller, Connection, type Wire } from '../connection.ts';
import { isParty } from './audience.ts';
import { countryOf } from './country.ts';
import type { DeskParts } from './parts.ts';
import { noteTrail } from './trail.ts';

export type Greeting =
  | { readonly ok: true; readonly connection: Connection }
  | {
      readonly ok: false;
      readonly close: CloseCode;
      readonly code: ErrorCode | null;
      readonly reason: string;
    };

const OPEN = 1;

const reject = (close: CloseCode, reason: string, code: ErrorCode | null = null): Greeting => ({
  ok: false,
  close,
  code,
  reason,
});

/** Answers a hello: who it is, what they have, and what they missed. Live frames follow behind it. */
export async function welcome(desk: DeskParts, wire: Wire, hello: Hello, caller: Caller): Promise<Greeting> {
  // It may have had to wait for its turn for longer than the client was willing to.
  if (wire.readyState !== OPEN) return reject(CloseCode.failed, 'the client has gone');
  if (hello.version !== PROTOCOL_VERSION)
    return reject(CloseCode.unsupportedVersion, `version ${PROTOCOL_VERSION} is spoken here`);
  const greeting =
    hello.side === 'visitor'
      ? await identifyVisitor(desk, wire, hello, caller)
      : await identifyAgent(desk, wire, hello);
  if (!greeting.ok) return greeting;
  const { connection } = greeting;
  // Live before read: whatever changes from here on is held back by the connection until the rest is sent.
  desk.hub.add(connection);
  try {
    await desk.presence.arrived(connection);
    if (hello.side === 'visitor') noteTrail(desk, connection, hello.page, hello.trail);
    if (connection.side === 'agent') desk.staffChanged(connection.id);
    await brief(desk, connection, hello.resume ?? []);
  } catch (error) {
    desk.directory.remove(connection);
    if (connection.side === 'agent') desk.staffChanged(connection.id);
    throw error;
  }
  connection.release();
  return greeting;
}

async function identifyVisitor(
  desk: DeskParts,
  wire: Wire,
  hello: VisitorHello,
  { origin, country: said }: Caller,
): Promise<Greeting> {
  const { origins } = desk.config;
  if (!origins.includes('*') && !(origin !== null && origins.includes(origin)))
    return reject(CloseCode.foreignToken, 'this page may not connect');
  if (!desk.roster.service(hello.service))
    return reject(CloseCode.badHello, 'no such service', 'service.unknown');
  let id: string;
  if (hello.token === undefined) {
    id = desk.ids();
  } else {
    const verified = await desk.tokens.verifyVisitor(hello.token);
    if (!verified.ok) return rejectToken(verified.code);
    id = verified.visitor;
  }
  const { client, service, language, page, device, abilities, again = null } = hello;
  const country = countryOf(said, hello.zone);
  const visit = { service, language, country, page, device };
  const name = `Visitor ${id.slice(0, 4).toUpperCase()}`;
  return {
    ok: true,
    connection: new Connection(wire, { side: 'visitor', id, name, client, abilities, visit, again }),
  };
}

async function identifyAgent(desk: DeskParts, wire: Wire, hello: AgentHello): Promise<Greeting> {
  const verified = await desk.tokens.verifyAgent(hello.token);
  if (!verified.ok) return rejectToken(verified.code);
  const agent = desk.roster.agent(verified.agent);
  if (!agent) return reject(CloseCode.foreignToken, 'no such agent');
  const { id, name } = agent;
  const { client, abilities, again = null } = hello;
  const identity = { side: 'agent', id, name, client, abilities, visit: null, again } as const;
  return { ok: true, connection: new Connection(wire, identity) };
}

const rejectToken = (code: 'token.invalid' | 'token.expired'): Greeting =>
  code === 'token.expired'
    ? reject(CloseCode.expiredToken, 'the token has expired')
    : reject(CloseCode.badToken, 'the token is not valid');

/** Sends the welcome and a page of every log. */
async function brief(desk: DeskParts, connection: Connection, resume: readonly Position[]): Promise<void> {
  const { contacts, unknown } = await contactsOf(desk, connection, resume);
  connection.reply({
    type: 'welcome',
    version: PROTOCOL_VERSION,
    now: desk.clock(),
    epoch: desk.store.epoch,
    you: await introduce(desk, connection),
    contacts: contacts.map((contact) => viewOf(contact, connection.side)),
    unknown,
  });
  for (const { id } of contacts) {
    const position = resume.find((seen) => seen.contact === id) ?? null;
    const page = await desk.contactLog.page(id, position, connection.side);
    desk.heard.begin(id, page.head);
    connection.reply(page);
  }
  if (connection.side === 'agent') return;
  for (const contact of contacts) {
    const standing = desk.queueFacts.of(contact);
    if (standing) connection.reply(standing);
  }
}

/** What the client named, as far as it is theirs, and what is going on besides. */
async function contactsOf(
  desk: DeskParts,
  connection: Connection,
  resume: readonly Position[],
): Promise<{ contacts: Contact[]; unknown: string[] }> {
  const { side, id, visit } = connection;
  const shown = new Map<string, Contact>();
  const unknown = new Set<string>();
  for (const { contact: named } of resume) {
    const contact = await desk.contacts.find(named);
    if (contact && isParty(contact, connection)) shown.set(named, contact);
    else unknown.add(named);
  }
  for (const contact of desk.live.of(side, id))
    if (!visit || visit.service === contact.entry) shown.set(contact.id, contact);
  return { contacts: [...shown.values()], unknown: [...unknown] };
}

async function introduce(desk: DeskParts, { side, id, name, visit }: Connection): Promise<Welcome['you']> {
  if (side === 'agent') {
    const agent = desk.roster.agent(id);
    return {
      side,
      id,
      name,
      status: desk.staff.status(id),
      reasons: [...desk.config.awayReasons],
      waiting: desk.offers.to(id),
      responses: { shared: desk.responses.shared(id), own: await desk.responses.own(id) },
      limit: agent?.limit ?? 0,
      reports: agent?.reports ?? false,
    };
  }
  const service = visit && desk.serviceViews.of(visit.service);
  if (!service) throw new Error('Cannot introduce the visitor: their service is not configured');
  return { side, id, token: await desk.tokens.signVisitor({ visitor: id }), service };
}
