import type { Side } from '../../core/contact/model.ts';
import type { Missed } from '../cluster/cluster.ts';
import type { Fact } from '../cluster/fact.ts';
import { showCards } from './cards.ts';
import type { RemoteWindow } from './directory.ts';
import type { FollowUp } from './follow-up.ts';
import type { DeskParts } from './parts.ts';
import type { Recovery } from './recovery.ts';
import { showResponses } from './responses.ts';
import { followSwitches, passSwitches } from './switches.ts';

/** What the desk makes of what other instances tell. */
export interface Others {
  told(from: string, fact: Fact): void;
  /** An instance is gone, with all who were connected there. */
  left(instance: string): void;
  /** Others are first to act now. */
  changed(): void;
  /** It is known again who is connected elsewhere, but not what else was told. */
  completed(missed: Missed): void;
  /** This instance counts as gone: it knows nothing of the others any more. */
  buried(): void;
}

export interface OthersDeps {
  readonly desk: DeskParts;
  readonly followUp: FollowUp;
  readonly recovery: Recovery;
}

export function createOthers({ desk, followUp, recovery }: OthersDeps): Others {
  const { hub, directory, live, presence, audience, log } = desk;
  /** Numbers told of in the pages of a snapshot so far. */
  const listed = new Map<string, Set<number>>();

  const run = (work: Promise<void>): void => {
    work.catch((error: unknown) => log.failed('instances.failed', error));
  };

  const staffChanged = (windows: readonly RemoteWindow[]): void => {
    for (const id of new Set(windows.filter(({ side }) => side === 'agent').map(({ id }) => id)))
      desk.staffChanged(id);
  };

  function gone(windows: readonly RemoteWindow[]): void {
    for (const window of windows) presence.leftElsewhere(window);
    staffChanged(windows);
  }

  function came(from: string, windows: readonly RemoteWindow[]): void {
    for (const window of windows) directory.put(from, window);
    staffChanged(windows);
  }

  function listedBy(from: string, { isFirst, isLast, windows }: Extract<Fact, { type: 'snapshot' }>): void {
    const numbers = (!isFirst && listed.get(from)) || new Set<number>();
    listed.set(from, numbers);
    for (const { number } of windows) numbers.add(number);
    came(from, windows);
    if (!isLast) return;
    listed.delete(from);
    gone(directory.dropAll(from, numbers));
  }

  const windowsOf = (side: Side, person: string, client: string | null) =>
    hub.of(side, person).filter((connection) => client === null || connection.client === client);

  return {
    told(from, fact) {
      switch (fact.type) {
        case 'contact':
          return followUp.hear(fact.contact);
        case 'entry':
          return audience.showEntry(fact.parties, fact.entry);
        case 'push':
          return hub.send(windowsOf(fact.side, fact.person, fact.client), fact.frame);
        case 'status':
          return run(followSwitches(desk, fact.agent));
        case 'responses':
          return run(showResponses(desk, fact.agent));
        case 'card':
          return run(showCards(desk, fact.visitor));
        case 'window':
          return came(from, [fact.window]);
        case 'window.gone': {
          const window = directory.drop(from, fact.number);
          return gone(window ? [window] : []);
        }
        case 'snapshot':
          return listedBy(from, fact);
      }
    },
    left(instance) {
      listed.delete(instance);
      gone(directory.dropAll(instance));
    },
    changed() {
      for (const contact of live.all()) followUp.await(contact);
    },
    completed(missed) {
      if (missed !== 'nothing') run(recovery.run(missed));
      else for (const contact of live.all()) presence.review(contact);
      for (const { id } of desk.roster.agents) if (desk.cluster.owns(id)) run(passSwitches(desk, id));
    },
    buried() {
      directory.clear();
      listed.clear();
    },
  };
}
