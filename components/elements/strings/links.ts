import { translator } from './index.ts';

/** What the visitor reads of pages the agent shows. */
export const t = translator({
  suggests: '{name} suggests a page',
  openHere: 'Open here',
  newTab: 'New tab',
  allow: 'Let {name} take me to pages',
  follows: '{name} may take you to pages.',
  stop: 'Stop',
});
