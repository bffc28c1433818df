import type { Side } from '../../core/contact/model.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { Connection } from '../connection.ts';
import {
  answerCall,
  answerRecording,
  dial,
  dropChannel,
  reportCall,
  requestChannel,
  requestRecording,
  stopRecording,
} from './calls.ts';
import { readCard } from './cards.ts';
import { pushLink } from './links.ts';
import { addNote, moveCursor, passTyping, readLog, sendMessage } from './messages.ts';
import { convertContact, openContact } from './opening.ts';
import { done, type Outcome, type Refusal, refuse } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { asParty } from './party.ts';
import { setAbilities, setPermissions } from './readiness.ts';
import { deleteResponse, putResponse } from './responses.ts';
import { standingOf } from './standing.ts';
import { setSwitches } from './switches.ts';
import { takeContact } from './taking.ts';
import { declineTransfer, offerTransfer, readTargets } from './transfers.ts';
import { leavePage, setIdle, setPage } from './visits.ts';

/** What each frame asks for, as in "Cannot VERB THING: REASON". */
const ASKED: Readonly<Record<ClientFrame['type'], string>> = {
  'contact.open': 'open the contact',
  'contact.convert': 'leave word',
  'contact.take': 'take the contact',
  'contact.wait': 'queue up again',
  'contact.end': 'end the contact',
  'contact.rate': 'rate the conversation',
  'contact.colour': 'mark the contact',
  'message.send': 'send the message',
  'log.read': 'read the conversation',
  'cursor.move': 'note what was read',
  'typing.set': 'pass on the typing',
  'note.add': 'add the note',
  'link.push': 'show the page',
  'link.consent': 'note the consent',
  'page.set': 'note the page',
  'page.leave': 'note the page',
  'idle.set': 'note the idleness',
  'permissions.set': 'note the permissions',
  'abilities.set': 'note the abilities',
  'card.read': 'read the card',
  'transfer.read': 'tell who could take over',
  'transfer.offer': 'transfer the contact',
  'transfer.decline': 'decline the transfer',
  'transfer.withdraw': 'withdraw the transfer',
  'channel.request': 'request the channel',
  'channel.drop': 'drop the channel',
  'call.answer': 'answer the call',
  'call.ready': 'start the call',
  'call.connected': 'note the connection',
  'call.lost': 'restart the call',
  'call.media': 'note the devices',
  'recording.request': 'record the call',
  'recording.answer': 'answer the recording request',
  'recording.stop': 'stop the recording',
  'response.put': 'keep the response',
  'response.delete': 'delete the response',
  'agent.set': 'set the status',
  ping: 'answer the ping',
};

const ONLY: Readonly<Partial<Record<ClientFrame['type'], Side>>> = {
  'contact.open': 'visitor',
  'contact.convert': 'visitor',
  'contact.wait': 'visitor',
  'contact.rate': 'visitor',
  'link.consent': 'visitor',
  'page.set': 'visitor',
  'page.leave': 'visitor',
  'idle.set': 'visitor',
  'permissions.set': 'visitor',
  'contact.take': 'agent',
  'contact.colour': 'agent',
  'note.add': 'agent',
  'link.push': 'agent',
  'card.read': 'agent',
  'transfer.read': 'agent',
  'transfer.offer': 'agent',
  'transfer.decline': 'agent',
  'transfer.withdraw': 'agent',
  'response.put': 'agent',
  'response.delete': 'agent',
  'agent.set': 'agent',
};

/** Does what a client asks, and tells it when that cannot be done. */
export async function receive(desk: DeskParts, from: Connection, frame: ClientFrame): Promise<Outcome> {
  const outcome = await dispatch(desk, from, frame);
  if (outcome.ok) return outcome;
  const refusal = await explained(desk, from, frame, outcome);
  const { code, reason, field } = refusal;
  from.reply({
    type: 'error',
    code,
    message: `Cannot ${ASKED[frame.type]}: ${reason}.`,
    ...(field === undefined ? {} : { field }),
    ...('ref' in frame && frame.ref !== undefined ? { ref: frame.ref } : {}),
    ...('contact' in frame && frame.contact !== undefined ? { contact: frame.contact } : {}),
  });
  return refusal;
}

/** An agent who lost a contact a moment ago hears how it stands now. */
async function explained(
  desk: DeskParts,
  from: Connection,
  frame: ClientFrame,
  refusal: Refusal,
): Promise<Refusal> {
  if (refusal.code !== 'contact.unknown' || !('contact' in frame) || frame.contact === undefined)
    return refusal;
  return (await standingOf(desk, from, frame.contact)) ?? refusal;
}

async function dispatch(desk: DeskParts, from: Connection, frame: ClientFrame): Promise<Outcome> {
  const only = ONLY[frame.type];
  if (only && only !== from.side)
    return refuse('frame.out-of-state', `only ${only === 'agent' ? 'an agent' : 'a visitor'} can`);
  switch (frame.type) {
    case 'ping':
      from.reply({ type: 'pong', now: desk.clock() });
      return done;
    case 'contact.open':
      return openContact(desk, from, frame);
    case 'contact.convert':
      return convertContact(desk, from, frame);
    case 'contact.take':
      return takeContact(desk, from, frame.contact);
    case 'contact.wait':
      return desk.contacts.change(
        frame.contact,
        asParty(from, () => ({ type: 'wait', at: desk.clock() })),
      );
    case 'contact.end':
      return desk.contacts.change(
        frame.contact,
        asParty(from, () => ({ type: 'end', by: from.side, at: desk.clock() })),
      );
    case 'contact.rate':
      return desk.contacts.change(
        frame.contact,
        asParty(from, () => ({
          type: 'rate',
          rating: { score: frame.score, comment: frame.comment.trim() },
        })),
      );
    case 'contact.colour':
      return desk.contacts.change(
        frame.contact,
        asParty(from, () => ({ type: 'colour', colour: frame.colour })),
      );
    case 'message.send':
      return sendMessage(desk, from, frame);
    case 'log.read':
      return readLog(desk, from, frame);
    case 'cursor.move':
      return moveCursor(desk, from, frame);
    case 'typing.set':
      return passTyping(desk, from, frame);
    case 'note.add':
      return addNote(desk, from, frame);
    case 'link.push':
      return pushLink(desk, from, frame);
    case 'link.consent':
      return desk.contacts.change(
        frame.contact,
        asParty(from, () => ({ type: 'link-consent', allow: frame.allow })),
      );
    case 'page.set':
      return setPage(desk, from, frame.page);
    case 'page.leave':
      return leavePage(desk, from);
    case 'idle.set':
      return setIdle(desk, from, frame.on);
    case 'permissions.set':
      return setPermissions(desk, from, frame.permissions);
    case 'abilities.set':
      return setAbilities(desk, from, frame.abilities);
    case 'card.read':
      return readCard(desk, from, frame.contact);
    case 'transfer.read':
      return readTargets(desk, from, frame.contact);
    case 'transfer.offer':
      return offerTransfer(desk, from, frame);
    case 'transfer.decline':
      return declineTransfer(desk, from, frame.contact);
    case 'transfer.withdraw':
      return desk.contacts.change(
        frame.contact,
        asParty(from, () => ({ type: 'withdraw-transfer' })),
      );
    case 'channel.request':
      return requestChannel(desk, from, frame);
    case 'channel.drop':
      return dropChannel(desk, from, frame);
    case 'call.answer':
      return answerCall(desk, from, frame);
    case 'call.ready':
      return dial(desk, from, frame);
    case 'call.connected':
    case 'call.lost':
    case 'call.media':
      return reportCall(desk, from, frame);
    case 'recording.request':
      return requestRecording(desk, from, frame.contact);
    case 'recording.answer':
      return answerRecording(desk, from, frame.contact, frame.allow);
    case 'recording.stop':
      return stopRecording(desk, from, frame.contact);
    case 'response.put':
      return putResponse(desk, from, frame.response);
    case 'response.delete':
      return deleteResponse(desk, from, frame.id);
    case 'agent.set':
      return setSwitches(desk, from, frame);
  }
}
