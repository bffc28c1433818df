import { type ContactKind, isLiveKind, type TransferTarget } from '../contact/model.ts';

/** What routing looks at in an agent, at one moment. */
export interface Candidate {
  readonly id: string;
  /** Connected, and switched to available. */
  readonly available: boolean;
  /** Contacts they could still take. */
  readonly free: number;
  /** Contacts they have. */
  readonly active: number;
}

/** What routing looks at in a contact that stands in the queue. */
export interface Routed {
  readonly kind: ContactKind;
  /** The agent it is addressed to. */
  readonly preferred: string | null;
  /** A hand-over to an agent, or to a service, by `from`. */
  readonly transfer: { readonly to: Pick<TransferTarget, 'kind' | 'id'>; readonly from: string } | null;
}

/** What routing looks at in the service the contact waits for. */
export interface Rules {
  /** Agents who may answer the service. */
  readonly eligible: readonly string[];
  /** Video only while it is the agent's one contact. */
  readonly videoAlone: boolean;
}

/** Whether an agent could answer the contact at all, however busy they are. */
export function mayAnswer(agent: string, contact: Routed, rules: Rules): boolean {
  if (contact.transfer)
    return contact.transfer.to.kind === 'agent'
      ? contact.transfer.to.id === agent
      : contact.transfer.from !== agent && rules.eligible.includes(agent);
  return contact.preferred === agent || rules.eligible.includes(agent);
}

/** Whether an agent with so many contacts may have a video call beside them. */
export const mayVideo = (active: number, { videoAlone }: Pick<Rules, 'videoAlone'>): boolean =>
  !videoAlone || active <= 1;

/** Whether the contact is offered to the agent now. */
export const isOffered = (agent: Candidate, contact: Routed, rules: Rules): boolean =>
  agent.available && agent.free > 0 && mayAnswer(agent.id, contact, rules) && hasEyes(agent, contact, rules);

const hasEyes = ({ active }: Candidate, { kind }: Routed, rules: Rules): boolean =>
  kind !== 'video' || mayVideo(active + 1, rules);

/** Whether the contact is this agent's to take: addressed to them, or offered to nobody else. */
export function isStarred(agent: string, contact: Routed, offeredTo: readonly string[]): boolean {
  if (contact.transfer?.to.kind === 'agent') return contact.transfer.to.id === agent;
  if (contact.preferred === agent) return true;
  // Who left word waits for nobody in particular.
  return isLiveKind(contact.kind) && offeredTo.length === 1 && offeredTo[0] === agent;
}
