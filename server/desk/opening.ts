import type { Contact } from '../../core/contact/contact.ts';
import { type ContactKind, isLiveKind, type Visitor } from '../../core/contact/model.ts';
import { viewOf } from '../../core/contact/view.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { Form } from '../../core/protocol/schemas.ts';
import type { Service } from '../config/schema.ts';
import type { Connection, Visit } from '../connection.ts';
import { isParty } from './audience.ts';
import { offersOf } from './configured-offers.ts';
import { checkForm } from './forms.ts';
import { done, type Outcome, type Refusal, refuse, unknownContact } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { asParty } from './party.ts';
import { ablest } from './readiness.ts';
import { settingsOf } from './settings.ts';
import { keepTrail } from './trail.ts';
import { lastAgentAt, remember } from './visitor-record.ts';
import { pagesOf } from './visits.ts';

type Frame<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;

const MAX_LIVE = 5;

/** Opens a contact for the visitor; opening it again answers with how it stands. */
export function openContact(
  desk: DeskParts,
  from: Connection,
  frame: Frame<'contact.open'>,
): Promise<Outcome> {
  // In turn, so that two windows together cannot open more than one alone.
  return desk.turns.run(`visitor/${from.id}`, async () => {
    const existing = await desk.contacts.find(frame.contact);
    if (existing) return show(from, existing);
    const service = desk.roster.service(frame.service);
    if (!service || !from.visit) return refuse('service.unknown', 'there is no such service');
    if (!offers(service, frame.kind) && !invites(service, frame)) return notOffered(service, frame.kind);
    const checked = formOf(desk, service, from.visit, frame);
    if (!checked.ok) return checked;
    if (desk.live.of('visitor', from.id).length >= MAX_LIVE)
      return refuse('frame.too-frequent', `there are ${MAX_LIVE} already`);
    const former = await remember(desk, from.id, frame.contact);
    await keepTrail(desk, from);
    await desk.liveIndex.add(frame.contact);
    const opened = await desk.contacts.open({
      id: frame.contact,
      service: { id: service.id, name: service.name },
      kind: frame.kind,
      form: checked.form,
      settings: settingsOf(service, desk.config),
      visitor: visitorOf(from, from.visit, former.length === 0, checked.form),
      abilities: ablest(pagesOf(desk, from)),
      permissions: from.permissions,
      preferred: await addressee(desk, service, frame.agent, former),
      colour: service.colour ?? null,
      client: from.client,
      at: desk.clock(),
    });
    return opened.existed ? show(from, opened.contact) : done;
  });
}

/** A visitor nobody has answered leaves word instead of waiting on. */
export async function convertContact(
  desk: DeskParts,
  from: Connection,
  { contact: id, form }: Frame<'contact.convert'>,
): Promise<Outcome> {
  const contact = await desk.contacts.find(id);
  if (!contact || !isParty(contact, from)) return unknownContact;
  if (contact.phase === 'ended') return refuse('contact.ended', 'the contact has ended');
  const service = desk.roster.service(contact.service.id);
  if (!service || !from.visit) return refuse('service.unknown', 'there is no such service any more');
  if (!offers(service, form.kind)) return notOffered(service, form.kind);
  const checked = checkForm(form, { service, country: from.visit.country, now: desk.clock() });
  if (!checked.ok) return checked;
  return desk.contacts.change(
    id,
    asParty(from, () => ({ type: 'convert', form: checked.form, at: desk.clock() })),
  );
}

function show(from: Connection, contact: Contact): Outcome {
  if (!isParty(contact, from)) return unknownContact;
  from.reply({ type: 'contact.state', contact: viewOf(contact, from.side) });
  return done;
}

/** Whether contacts may begin like this at all: what is offered at this hour may change while the visitor reads it. */
const offers = (service: Service, kind: ContactKind): boolean =>
  offersOf(service).some((offer) => offer.kind === kind);

/** What an invitation proposes is offered to whoever accepts it. */
const invites = (service: Service, { kind, invitation }: Frame<'contact.open'>): boolean =>
  service.invitations.some(
    ({ id, kind: proposed }) => id === invitation && proposed === kind && service.channels[proposed],
  );

const notOffered = ({ name }: Service, kind: ContactKind): Refusal =>
  refuse('channel.unavailable', `${name} does not take contacts by ${kind}`);

/** Who leaves word does so in a form; nobody else has one. */
function formOf(
  desk: DeskParts,
  service: Service,
  { country }: Visit,
  { kind, form }: Frame<'contact.open'>,
): { readonly ok: true; readonly form: Form | null } | Refusal {
  if (isLiveKind(kind)) return { ok: true, form: null };
  if (form?.kind !== kind) return refuse('frame.malformed', `form: a ${kind} comes with a form of its kind`);
  return checkForm(form, { service, country, now: desk.clock() });
}

/** Whom the contact is addressed to: an agent the page names, or one who knows the visitor. */
async function addressee(
  desk: DeskParts,
  { id, preferLastAgent }: Service,
  named: string | undefined,
  former: readonly string[],
): Promise<string | null> {
  if (named !== undefined && desk.roster.agent(named)) return named;
  const last = preferLastAgent ? await lastAgentAt(desk, former, id) : null;
  return last !== null && desk.roster.eligible(id).includes(last) ? last : null;
}

const visitorOf = (
  { id, name }: Connection,
  { language, country, page, device }: Visit,
  isNew: boolean,
  form: Form | null,
): Visitor => ({
  id,
  name: form?.name || name,
  verified: false,
  isNew,
  language,
  country,
  page,
  device,
});
