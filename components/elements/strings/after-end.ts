import { translator } from './index.ts';

/** What the visitor reads when the conversation is over. */
export const t = translator({
  endedByYou: 'You ended it at {time}.',
  endedBy: '{name} ended it at {time}.',
  endedAlone: 'It ended at {time}.',
  rate: 'How was it?',
  stars: '{score} of 5',
  poor: 'poor',
  fair: 'fair',
  good: 'good',
  veryGood: 'very good',
  excellent: 'excellent',
  comment: 'Anything you would like to add? (optional)',
  sendRating: 'Send rating',
  thanks: 'Thank you for your rating.',
  download: 'Download conversation',
  downloadJson: 'Download conversation as JSON',
});
