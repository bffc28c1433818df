import type { Abilities } from '../protocol/schemas.ts';
import type { Contact } from './contact.ts';
import type { Colour, ContactKind, ContactSettings, Form, Permissions, Visitor } from './model.ts';
import { isLiveKind } from './model.ts';
import { type ContactEffect, logged } from './step.ts';
import { namedBy, turn } from './waiting.ts';

export interface Opening {
  readonly id: string;
  readonly service: Contact['service'];
  readonly kind: ContactKind;
  readonly form: Form | null;
  readonly settings: ContactSettings;
  readonly visitor: Visitor;
  readonly abilities: Abilities | null;
  readonly permissions: Permissions | null;
  readonly preferred: string | null;
  readonly colour: Colour | null;
  readonly client: string;
  readonly at: number;
}

/** A new contact, waiting, and what follows from its arrival. */
export function openContact(opening: Opening): { contact: Contact; effects: readonly ContactEffect[] } {
  const { id, service, kind, form, settings, abilities, permissions, preferred, colour, client, at } =
    opening;
  const visitor = namedBy(form, opening.visitor);
  const contact: Contact = {
    id,
    rev: 1,
    service,
    entry: service.id,
    kind,
    form,
    settings,
    visitor,
    phase: 'waiting',
    openedAt: at,
    ...turn(kind, form, settings, at),
    first: false,
    takenAt: null,
    endedAt: null,
    endedBy: null,
    agent: null,
    preferred,
    transfer: null,
    answeredAt: null,
    rating: null,
    colour,
    away: { visitor: null, agent: null },
    abilities: { visitor: abilities, agent: null },
    permissions,
    moving: null,
    idle: null,
    follows: false,
    chatClosed: false,
    call: null,
    recordedBy: [],
    openedIn: client,
    cursors: { visitor: { delivered: 0, read: 0 }, agent: { delivered: 0, read: 0 } },
  };
  const call = kind === 'voice' || kind === 'video' ? kind : null;
  const text = isLiveKind(kind) ? null : kind;
  return {
    contact,
    effects: [logged('contact.opened', 'visitor', visitor.name, { call, text }), { type: 'offer' }],
  };
}
