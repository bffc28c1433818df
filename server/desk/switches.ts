import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { Connection } from '../connection.ts';
import { done, type Outcome } from './outcome.ts';
import type { DeskParts } from './parts.ts';

/** Sets what an agent is there for. All windows of the agent and all contacts of theirs follow. */
export function setSwitches(
  desk: DeskParts,
  from: Connection,
  { available, voice, video }: Extract<ClientFrame, { type: 'agent.set' }>,
): Promise<Outcome> {
  // In turn, so that what was clicked last is what stays, in the contacts too.
  return desk.turns.run(`agent/${from.id}`, async () => {
    const status = { available, voice, video };
    await desk.staff.set(from.id, status);
    desk.hub.send(desk.hub.of('agent', from.id), { type: 'agent.state', status });
    desk.staff.announce();
    const contacts = desk.live.of('agent', from.id);
    await Promise.all(
      contacts.map(({ id }) =>
        desk.contacts.change(id, ({ agent }) =>
          agent?.id === from.id ? { type: 'agent-switches', voice, video } : null,
        ),
      ),
    );
    return done;
  });
}
