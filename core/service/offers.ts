import type { ContactKind } from '../contact/model.ts';

/** When a way to begin is offered: at all times, within business hours, while somebody is there to answer, or while not. */
export type When = 'always' | 'open' | 'staffed' | 'unanswered';

export interface Offer {
  readonly kind: ContactKind;
  readonly when: When;
}

/** Ways to begin that are open now, in the order of the service. */
export const openOffers = (
  offers: readonly Offer[],
  now: { readonly open: boolean; readonly staffed: boolean },
): ContactKind[] => offers.filter(({ when }) => holds(when, now)).map(({ kind }) => kind);

function holds(
  when: When,
  { open, staffed }: { readonly open: boolean; readonly staffed: boolean },
): boolean {
  switch (when) {
    case 'always':
      return true;
    case 'open':
      return open;
    case 'staffed':
      return open && staffed;
    case 'unanswered':
      return !(open && staffed);
  }
}

/** What a visitor nobody answered may leave instead of waiting on, whatever the hour. */
export const fallbacksOf = (offers: readonly Offer[]): ('callback' | 'lead')[] =>
  offers.map(({ kind }) => kind).filter((kind) => kind === 'callback' || kind === 'lead');
