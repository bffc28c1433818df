import { translator } from './index.ts';

/** What only the visitor reads. */
export const t = translator({
  openChat: 'Open chat',
  minimiseChat: 'Minimise chat',
  unread: '{count} unread',
  chatWindow: 'Chat with {service}',
  support: 'Chat',

  chat: 'Chat',
  voiceCall: 'Voice call',
  videoCall: 'Video call',
  greeting: 'How can we help?',
  staffed: 'We usually answer right away.',
  unstaffed: 'Nobody is here right now. Write to us, your message will be waiting.',
  waysToTalk: 'Ways to talk',

  startVoiceCall: 'Start voice call',
  startVideoCall: 'Start video call',
  endConversation: 'End conversation',
  channels: 'Channels',
  active: 'active',
  connecting: 'connecting',
  available: 'available',
  unavailable: 'unavailable',
  end: 'End {channel}',

  online: 'Online',
  away: 'Connection lost',
  nobodyHere: 'Away',
  waitingShort: 'Waiting',
  notFree: 'Nobody free',
  ended: 'Ended',
  opening: 'Connecting…',

  waiting: 'You are in the queue',
  waitingChat: 'Somebody will be with you shortly. You can write already.',
  waitingCall: 'Your {call} starts as soon as somebody answers.',
  waitingAgain: 'We lost the connection to your agent',
  waitingAgainText: 'You are first in the queue. Somebody will be with you shortly.',
  dissuaded: 'Nobody is free right now',
  dissuadedText: 'What you wrote is kept. Keep waiting, or come back later.',
  keepWaiting: 'Keep waiting',
  endedTitle: 'This conversation has ended',
  startAnew: 'Start a new conversation',

  offline: 'You are offline, messages are kept and sent later',
  refusedTitle: 'This chat is not available',
  refusedText: 'It cannot be reached from this page. Please try another way to contact us.',
});
