import type { Contact } from '../../core/contact/contact.ts';
import type { EventEntry } from '../../core/protocol/server-frames.ts';
import type { Snapshot } from './snapshot.ts';
import type { Rule, Violation } from './witness.ts';

type Phase = Contact['phase'];

/** What a contact went through, as its log tells it. */
interface Story {
  readonly phase: Phase | null;
  /** Name of the agent who has it. */
  readonly agent: string | null;
}

/** Where each event may come, and what follows. Others change nothing of it. */
const STEPS: Partial<Record<EventEntry['event'], { from: readonly (Phase | null)[]; to: Phase }>> = {
  'contact.opened': { from: [null], to: 'waiting' },
  'contact.taken': { from: ['waiting'], to: 'assigned' },
  'contact.requeued': { from: ['assigned'], to: 'waiting' },
  'contact.transferred': { from: ['assigned'], to: 'assigned' },
  'contact.dissuaded': { from: ['waiting'], to: 'dissuaded' },
  'contact.waiting': { from: ['dissuaded'], to: 'waiting' },
  'contact.converted': { from: ['waiting', 'dissuaded'], to: 'waiting' },
  'contact.ended': { from: ['waiting', 'assigned', 'dissuaded'], to: 'ended' },
};

/** The event lines of a log tell how its contact came to stand as it does, and never of two agents at once. */
export function checkStories(snapshot: Snapshot): Violation[] {
  const violations: Violation[] = [];
  for (const [id, { contact, log }] of snapshot) {
    const complain = (rule: Rule, detail: string) => violations.push({ rule, contact: id, detail });
    let story: Story = { phase: null, agent: null };
    for (const entry of log) {
      if (entry.kind !== 'event') continue;
      const step = STEPS[entry.event];
      if (!step) continue;
      if (!step.from.includes(story.phase)) {
        const twice = entry.event === 'contact.taken' && story.phase === 'assigned';
        complain(
          twice ? 'two agents' : 'story',
          `${entry.event} by ${entry.name} at ${entry.offset}, when it was ${story.phase} with ${story.agent}`,
        );
      }
      const gained = entry.event === 'contact.taken' || entry.event === 'contact.transferred';
      story = { phase: step.to, agent: gained ? entry.name : step.to === 'waiting' ? null : story.agent };
    }
    if (story.phase !== contact.phase)
      complain('story', `the log tells of ${story.phase}, and it is ${contact.phase}`);
    else if (contact.phase === 'assigned' && story.agent !== contact.agent?.name)
      complain('story', `the log tells of ${story.agent}, and ${contact.agent?.name} has it`);
  }
  return violations;
}
