/**
 * What an invitation says beside its own text. A plain table: invitations are loaded where nothing else of the catalogue is,
 * and must bring nothing with them.
 */
export const INVITATION_TEXTS = {
  invitation: 'Invitation',
  chat: 'Chat',
  voice: 'Voice call',
  video: 'Video call',
  dismiss: 'Dismiss',
} as const;
