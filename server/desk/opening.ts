import type { Contact } from '../../core/contact/contact.ts';
import type { ContactSettings, Visitor } from '../../core/contact/model.ts';
import { viewOf } from '../../core/contact/view.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { Config, Service } from '../config/schema.ts';
import type { Connection, Visit } from '../connection.ts';
import { isParty } from './audience.ts';
import { done, type Outcome, refuse, unknownContact } from './outcome.ts';
import type { DeskParts } from './parts.ts';

/** What is kept of a visitor between contacts. */
interface VisitorRecord {
  readonly firstSeen: number;
  /** Newest last. */
  readonly contacts: readonly string[];
}

const MAX_LIVE = 5;
const MAX_REMEMBERED = 20;

/** Opens a contact for the visitor; opening it again answers with how it stands. */
export function openContact(
  desk: DeskParts,
  from: Connection,
  frame: Extract<ClientFrame, { type: 'contact.open' }>,
): Promise<Outcome> {
  // In turn, so that two windows together cannot open more than one alone.
  return desk.turns.run(`visitor/${from.id}`, async () => {
    const existing = await desk.contacts.find(frame.contact);
    if (existing) return show(from, existing);
    const service = desk.roster.service(frame.service);
    if (!service || !from.visit) return refuse('service.unknown', 'there is no such service');
    if (!service.channels[frame.kind])
      return refuse('channel.unavailable', `${service.name} does not take contacts by ${frame.kind}`);
    if (desk.live.of('visitor', from.id).length >= MAX_LIVE)
      return refuse('frame.too-frequent', `there are ${MAX_LIVE} already`);
    const isNew = await remember(desk, from.id, frame.contact);
    await desk.liveIndex.add(frame.contact);
    const opened = await desk.contacts.open({
      id: frame.contact,
      service: { id: service.id, name: service.name },
      kind: frame.kind,
      settings: settingsOf(service, desk.config, from.visit),
      visitor: visitorOf(from, from.visit, isNew),
      client: from.client,
      at: desk.clock(),
    });
    return opened.existed ? show(from, opened.contact) : done;
  });
}

function show(from: Connection, contact: Contact): Outcome {
  if (!isParty(contact, from)) return unknownContact;
  from.reply({ type: 'contact.state', contact: viewOf(contact) });
  return done;
}

/** Notes the contact with the visitor; gives whether it is their first. */
async function remember(desk: DeskParts, visitor: string, contact: string): Promise<boolean> {
  const key = `visitor/${visitor}`;
  while (true) {
    const document = await desk.store.get<VisitorRecord>(key);
    const { firstSeen, contacts } = document?.value ?? { firstSeen: desk.clock(), contacts: [] };
    const others = contacts.filter((id) => id !== contact);
    const record: VisitorRecord = { firstSeen, contacts: [...others, contact].slice(-MAX_REMEMBERED) };
    if ((await desk.store.put(key, record, document?.version ?? null)) !== null) return others.length === 0;
  }
}

const settingsOf = (service: Service, config: Config, { abilities }: Visit): ContactSettings => ({
  voice: service.channels.voice && abilities.voice,
  video: service.channels.video && abilities.video,
  recording: service.recording,
  maxWait: service.maxWaitSeconds * 1000,
  grace: config.graceSeconds * 1000,
  ring: service.ringSeconds * 1000,
});

const visitorOf = ({ id, name }: Connection, { language, page, device }: Visit, isNew: boolean): Visitor => ({
  id,
  name,
  verified: false,
  isNew,
  language,
  country: null,
  page,
  device,
});
