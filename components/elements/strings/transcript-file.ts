import { translator } from './index.ts';

/** What stands in a saved conversation beside what was said. */
export const t = translator({
  title: 'Conversation of {visitor} and {agent}',
  titleAlone: 'Conversation of {visitor}',
  service: 'Service: {service}',
  began: 'Began: {time}',
  ended: 'Ended: {time}',
  rated: 'Rating: {score} of 5',
  note: 'Note by {name}',
  file: '[File] {name}, {size}: {url}',
  fileName: 'conversation',
});
