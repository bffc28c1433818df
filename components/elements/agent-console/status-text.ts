import type { AgentStatus } from '../../../core/protocol/server-frames.ts';
import type { Connection } from '../../store/visitor-store.ts';
import { t } from '../strings/console.ts';

/** What the agent is for the server just now, `Away · Break`; without a connection, that. */
export function statusText(connection: Connection, { state, reason }: AgentStatus): string {
  switch (connection) {
    case 'connecting':
      return t('connecting');
    case 'offline':
      return t('connectionLost');
    case 'refused':
      return t('signedOut');
    case 'online':
      return stateText(state, reason);
  }
}

export function stateText(state: AgentStatus['state'], reason: string | null): string {
  if (state === 'away') return reason ? t('awayBecause', { reason }) : t('away');
  return t(state === 'available' ? 'online' : 'offline');
}
