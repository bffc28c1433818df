import type { Permissions } from '../../../core/contact/model.ts';
import { t } from '../strings/permissions.ts';

/** What a visitor's browser may do with a device, in a word. */
export const permissionText = (permission: Permissions['microphone']): string => t(permission);

/** What keeps the visitor of a call from being heard, or seen, as a sentence; empty: nothing the agent has to know. */
export function hindranceText({ microphone, camera }: Permissions, wantsPicture: boolean): string {
  if (microphone !== 'granted' && microphone !== 'prompt') return t(`microphone.${microphone}`);
  if (wantsPicture && camera !== 'granted' && camera !== 'prompt') return t(`camera.${camera}`);
  return '';
}
