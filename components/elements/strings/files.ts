import { translator } from './index.ts';

/** What both sides read about files; comes with the first one. */
export const t = translator({
  attach: 'Attach files',
  dropHere: 'Drop files to send them',
  uploads: 'Files being sent',
  sending: 'Sending {name}',
  sentOf: '{sent} of {size}',
  cancelFile: 'Do not send {name}',
  receiving: 'Receiving {name}',
  declineFile: 'Do not receive {name}',
  dismissFile: 'Dismiss {name}',
  tooLarge: 'Not sent: it has {size}, at most {limit} are possible.',
  empty: 'Not sent: it is empty.',
  wrongType: 'Not sent: files of this type are not taken. Possible are {types}.',
  openFile: 'Open {name}, {size}',
  picture: 'Picture {name}',
});
