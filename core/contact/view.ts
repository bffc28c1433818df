import type { CallView, ContactView, WaitingEntry } from '../protocol/server-frames.ts';
import type { Call } from './call.ts';
import { channelsOf } from './channels.ts';
import type { Contact } from './contact.ts';

/** What both sides are shown of a contact. */
export function viewOf(contact: Contact): ContactView {
  const { id, rev, service, kind, phase, visitor, agent, away, cursors } = contact;
  const { openedAt, waitingSince, dissuadeAt, takenAt, endedAt, endedBy } = contact;
  return {
    id,
    rev,
    service,
    kind,
    phase,
    openedAt,
    waitingSince,
    dissuadeAt,
    takenAt,
    endedAt,
    endedBy,
    visitor,
    agent,
    away,
    cursors,
    channels: channelsOf(contact),
    call: contact.call && callViewOf(contact.call),
    recording: contact.settings.recording,
  };
}

function callViewOf(call: Call): CallView {
  const { id, kind, askedBy, status, upgrade, attempt, clients, media, activeSince, recording } = call;
  return {
    id,
    kind,
    askedBy,
    status,
    upgradeBy: upgrade?.by ?? null,
    attempt,
    clients,
    media,
    activeSince,
    recording,
  };
}

/** What agents are shown of a waiting contact. */
export function waitingEntryOf(contact: Contact): WaitingEntry {
  const { visitor, service, kind, waitingSince, first } = contact;
  return {
    contact: contact.id,
    name: visitor.name,
    isNew: visitor.isNew,
    country: visitor.country,
    language: visitor.language,
    service,
    kind,
    page: visitor.page,
    waitingSince,
    dissuadeAt: contact.dissuadeAt ?? waitingSince + contact.settings.maxWait,
    first,
  };
}
