import { fetchCode } from '../../store/fetch-code.ts';
import { inviteLater } from './invite-later.ts';

/** For a widget that no loader brought: the page placed it. */
export const inviteHere = (widget: HTMLElement, server: string, service: string): Promise<void> =>
  inviteLater(widget, server, service, () => fetchCode(() => import('./invitations.ts')));
