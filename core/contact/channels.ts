import { allows, beginsAs } from './ability.ts';
import type { Contact } from './contact.ts';
import type { CallKind, ChannelState, Channels } from './model.ts';

/** The four channels of a contact, the same for both sides because they follow from the contact alone. */
export function channelsOf(contact: Contact): Channels {
  return {
    sharing: 'unavailable',
    chat: chat(contact),
    voice: media(contact, 'voice'),
    video: media(contact, 'video'),
  };
}

function chat({ phase, chatClosed }: Contact): ChannelState {
  if (phase === 'waiting') return 'connecting';
  return phase === 'assigned' && !chatClosed ? 'active' : 'unavailable';
}

function media(contact: Contact, kind: CallKind): ChannelState {
  const { phase, call, away } = contact;
  if (phase === 'waiting') {
    const entered =
      contact.kind === 'voice' || contact.kind === 'video' ? beginsAs(contact, contact.kind) : null;
    return kind === entered || (kind === 'voice' && entered) ? 'connecting' : 'unavailable';
  }
  if (phase !== 'assigned') return 'unavailable';
  if (call && (kind === 'voice' || call.kind === 'video'))
    return call.status === 'active' ? 'active' : 'connecting';
  if (call?.upgrade) return 'connecting';
  if (!allows(contact, kind)) return 'unavailable';
  // A running voice call can take a picture in; otherwise both sides must be there to be asked.
  if (call) return call.status === 'active' ? 'available' : 'unavailable';
  return away.visitor === null && away.agent === null ? 'available' : 'unavailable';
}
