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
import { moveCursor, passTyping, readLog, sendMessage } from './messages.ts';
import { openContact } from './opening.ts';
import { done, type Outcome, refuse } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { asParty } from './party.ts';
import { setSwitches } from './switches.ts';
import { takeContact } from './taking.ts';

/** What each frame asks for, as in "Cannot VERB THING: REASON". */
const ASKED: Readonly<Record<ClientFrame['type'], string>> = {
  'contact.open': 'open the contact',
  'contact.take': 'take the contact',
  'contact.wait': 'queue up again',
  'contact.end': 'end the contact',
  'message.send': 'send the message',
  'log.read': 'read the conversation',
  'cursor.move': 'note what was read',
  'typing.set': 'pass on the typing',
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
  'agent.set': 'set the status',
  ping: 'answer the ping',
};

const ONLY: Readonly<Partial<Record<ClientFrame['type'], Side>>> = {
  'contact.open': 'visitor',
  'contact.wait': 'visitor',
  'contact.take': 'agent',
  'agent.set': 'agent',
};

/** Does what a client asks, and tells it when that cannot be done. */
export async function receive(desk: DeskParts, from: Connection, frame: ClientFrame): Promise<void> {
  const outcome = await dispatch(desk, from, frame);
  if (outcome.ok) return;
  from.reply({
    type: 'error',
    code: outcome.code,
    message: `Cannot ${ASKED[frame.type]}: ${outcome.reason}.`,
    ...('ref' in frame && frame.ref !== undefined ? { ref: frame.ref } : {}),
    ...('contact' in frame && frame.contact !== undefined ? { contact: frame.contact } : {}),
  });
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
    case 'message.send':
      return sendMessage(desk, from, frame);
    case 'log.read':
      return readLog(desk, from, frame);
    case 'cursor.move':
      return moveCursor(desk, from, frame);
    case 'typing.set':
      return passTyping(desk, from, frame);
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
    case 'agent.set':
      return setSwitches(desk, from, frame);
  }
}
