import { translator } from './index.ts';

/** The call on the whole screen. */
export const t = translator({ fullScreen: 'Full screen', leaveFullScreen: 'Leave full screen' });
