import type { MediaState } from './model.ts';

/** Whether a side has put its call on hold: it does not hear, and is neither heard nor seen. */
export const isOnHold = ({ microphone, camera, sound, screen }: MediaState): boolean =>
  !(microphone || camera || sound || screen);
