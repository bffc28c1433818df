import { translator } from './index.ts';

/** To a visitor whose page is not secure. */
export const t = translator({
  callsHidden: 'Calls need a secure page: open this one with https://.',
});
