import type { Contact } from '../../core/contact/contact.ts';
import type { AssignedAgent } from '../../core/contact/model.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { AgentStatus } from '../../core/protocol/server-frames.ts';
import { mayVideo } from '../../core/routing/offer.ts';
import type { Connection } from '../connection.ts';
import { done, type Outcome, refuse } from './outcome.ts';
import type { DeskParts } from './parts.ts';

type Switches = Pick<AssignedAgent, 'voice' | 'video' | 'mayVideo'>;
type SwitchParts = Pick<DeskParts, 'contacts' | 'live' | 'roster' | 'staff'>;

/** Sets what an agent is there for. All windows of the agent, all contacts of theirs and the queue follow. */
export async function setSwitches(
  desk: DeskParts,
  from: Connection,
  frame: Extract<ClientFrame, { type: 'agent.set' }>,
): Promise<Outcome> {
  const { state, voice, video } = frame;
  if (frame.reason !== null && !desk.config.awayReasons.includes(frame.reason))
    return refuse('frame.malformed', 'reason: it is none of those to choose from');
  const reason = state === 'available' ? null : frame.reason;
  // In turn, so that what was clicked last is what stays, in the contacts too.
  return desk.turns.run(`agent/${from.id}`, async () => {
    const status: AgentStatus = { state, reason, voice, video };
    await desk.staff.set(from.id, status);
    desk.cluster.tell({ type: 'status', agent: from.id });
    showSwitches(desk, from.id, status);
    await passSwitches(desk, from.id);
    return done;
  });
}

/** The agent has switched something at another instance. */
export function followSwitches(desk: DeskParts, agent: string): Promise<void> {
  return desk.turns.run(`agent/${agent}`, async () => {
    showSwitches(desk, agent, await desk.staff.read(agent));
    // As a reserve for the instance where it was switched, and where the two came in another order there than in the store.
    if (desk.cluster.owns(agent)) await passSwitches(desk, agent);
  });
}

function showSwitches(desk: DeskParts, agent: string, status: AgentStatus): void {
  desk.hub.send(desk.hub.of('agent', agent), { type: 'agent.state', status });
  desk.staffChanged(agent);
}

/** What the agent is, to a contact of theirs. */
export function assignedAgent(
  desk: SwitchParts,
  { id, name }: Connection,
  service: string,
  contacts: number,
): AssignedAgent {
  const picture = desk.roster.agent(id)?.picture ?? null;
  return { id, name, picture, ...switchesOf(desk, id, service, contacts) };
}

/** Tells the contacts of an agent for which calls the agent may be asked. */
export async function passSwitches(desk: SwitchParts, agent: string): Promise<void> {
  const switches = ({ service }: Contact): Switches =>
    switchesOf(desk, agent, service.id, desk.live.count('agent', agent));
  await Promise.all(
    desk.live
      .of('agent', agent)
      .filter((contact) => contact.agent && differ(contact.agent, switches(contact)))
      .map(({ id }) =>
        desk.contacts.change(id, (contact) =>
          contact.agent?.id === agent ? { type: 'agent-switches', ...switches(contact) } : null,
        ),
      ),
  );
}

function switchesOf(
  { staff, roster }: SwitchParts,
  agent: string,
  service: string,
  contacts: number,
): Switches {
  const { voice, video } = staff.status(agent);
  const videoAlone = roster.service(service)?.videoAlone ?? false;
  return { voice, video, mayVideo: mayVideo(contacts, { videoAlone }) };
}

const differ = (a: Switches, b: Switches): boolean =>
  a.voice !== b.voice || a.video !== b.video || a.mayVideo !== b.mayVideo;
