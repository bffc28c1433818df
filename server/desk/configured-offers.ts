import type { Offer } from '../../core/service/offers.ts';
import type { Service } from '../config/schema.ts';

/** Ways to begin, as configured or, where nothing is said, each channel: calls while somebody is there to answer. */
export function offersOf({ offers, channels }: Pick<Service, 'offers' | 'channels'>): readonly Offer[] {
  return (offers ?? DEFAULT).filter(({ kind }) => kind === 'callback' || kind === 'lead' || channels[kind]);
}

const DEFAULT: readonly Offer[] = [
  { kind: 'chat', when: 'always' },
  { kind: 'voice', when: 'staffed' },
  { kind: 'video', when: 'staffed' },
];
