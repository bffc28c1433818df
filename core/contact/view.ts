import type { CallView, ContactView, WaitingEntry } from '../protocol/server-frames.ts';
import type { Call } from './call.ts';
import { channelsOf } from './channels.ts';
import type { Contact } from './contact.ts';
import type { AssignedAgent, Side } from './model.ts';

/** What a side is shown of a contact. */
export function viewOf(contact: Contact, side: Side): ContactView {
  const { id, rev, service, entry, kind, form, phase, visitor, agent, away, cursors } = contact;
  const { openedAt, waitingSince, dissuadeAt, takenAt, endedAt, endedBy } = contact;
  const { moving, idle, follows, rating } = contact;
  return {
    id,
    rev,
    service,
    entry,
    kind,
    form,
    phase,
    openedAt,
    waitingSince,
    dissuadeAt,
    takenAt,
    endedAt,
    endedBy,
    visitor,
    agent: agent && agentViewOf(agent),
    away,
    moving,
    idle,
    follows,
    rating,
    desk: side === 'agent' ? deskViewOf(contact) : null,
    cursors,
    channels: channelsOf(contact),
    call: contact.call && callViewOf(contact.call),
    recording: contact.settings.recording,
    bitrate: contact.settings.bitrate,
    selfView: contact.settings.selfView,
    files: { ...contact.settings.files, types: [...contact.settings.files.types] },
  };
}

const agentViewOf = ({ id, name, picture, voice, video }: AssignedAgent): ContactView['agent'] => ({
  id,
  name,
  picture,
  voice,
  video,
});

const deskViewOf = ({ colour, transfer, permissions }: Contact): ContactView['desk'] => ({
  colour,
  permissions,
  transfer: transfer && {
    to: transfer.to.name,
    kind: transfer.to.kind,
    note: transfer.note,
    until: transfer.until,
  },
});

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

/** What an agent is shown of a contact that waits, or that a colleague hands over. */
export function waitingEntryOf(contact: Contact, star: boolean): WaitingEntry {
  const { id, visitor, service, kind, waitingSince, dissuadeAt, first, colour, transfer, agent } = contact;
  return {
    contact: id,
    name: visitor.name,
    isNew: visitor.isNew,
    country: visitor.country,
    language: visitor.language,
    service: transfer?.to.kind === 'service' ? { id: transfer.to.id, name: transfer.to.name } : service,
    kind,
    page: visitor.page,
    waitingSince: transfer?.at ?? waitingSince,
    dissuadeAt: transfer?.until ?? dissuadeAt,
    first,
    star,
    colour,
    transfer: transfer && {
      from: agent?.name ?? '',
      note: transfer.note,
      direct: transfer.to.kind === 'agent',
    },
  };
}
