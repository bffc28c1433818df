import type { ServiceView } from '../../core/protocol/server-frames.ts';
import { isOpen, nextChange, openSpans } from '../../core/service/hours.ts';
import { fallbacksOf, openOffers } from '../../core/service/offers.ts';
import type { Timers } from '../broker/timers.ts';
import type { Service } from '../config/schema.ts';
import type { Hub } from '../hub.ts';
import type { Log } from '../log.ts';
import { hoursOf } from './business-hours.ts';
import { offersOf } from './configured-offers.ts';
import { Deadlines } from './deadlines.ts';
import type { Roster } from './roster.ts';
import type { Staff } from './staff.ts';

const DAYS_SHOWN = 7;
const WEEK = 7 * 86_400_000;

export interface ServiceViewsDeps {
  readonly hub: Hub;
  readonly roster: Roster;
  readonly staff: Staff;
  readonly clock: () => number;
  readonly timers: Timers;
  readonly log: Log;
}

/** What visitors are shown of the services, now and when it changes. */
export class ServiceViews {
  readonly #hub: Hub;
  readonly #roster: Roster;
  readonly #staff: Staff;
  readonly #clock: () => number;
  /** When hours begin or end next, by service. */
  readonly #changes: Deadlines;
  /** Whether each service was staffed and open when visitors were last told. */
  readonly #told = new Map<string, string>();

  constructor({ hub, roster, staff, clock, timers, log }: ServiceViewsDeps) {
    this.#hub = hub;
    this.#roster = roster;
    this.#staff = staff;
    this.#clock = clock;
    this.#changes = new Deadlines({
      clock,
      timers,
      expire: async (id) => {
        this.announce();
        this.#await(id);
      },
      failed: (error, service) => log.failed('hours.failed', error, { service }),
    });
  }

  /** Takes the services as configured, and from here on follows their hours. */
  configure(): void {
    const ids = new Set([...this.#told.keys(), ...this.#roster.services.map(({ id }) => id)]);
    for (const id of ids) this.#await(id);
    this.#told.clear();
    this.announce();
  }

  of(id: string): ServiceView | null {
    const service = this.#roster.service(id);
    if (!service) return null;
    const { name, language, greeting, channels, typingPreview, files, idleSeconds } = service;
    const now = this.#clock();
    const hours = hoursOf(service);
    const offers = offersOf(service);
    const { open, staffed } = this.#state(service);
    return {
      id,
      name,
      language,
      greeting,
      channels,
      offers: openOffers(offers, { open, staffed }),
      fallbacks: fallbacksOf(offers),
      staffed,
      hours: hours && { open, spans: openSpans(hours, now, DAYS_SHOWN) },
      typingPreview,
      files,
      idleSeconds,
    };
  }

  /** Tells visitors of every service that has gained its first or lost its last agent, has opened or closed. */
  announce(): void {
    for (const service of this.#roster.services) {
      const state = JSON.stringify(this.#state(service));
      if (this.#told.get(service.id) === state) continue;
      this.#told.set(service.id, state);
      const view = this.of(service.id);
      const visitors = this.#hub.all('visitor').filter(({ visit }) => visit?.service === service.id);
      if (view) this.#hub.send(visitors, { type: 'service.state', service: view });
    }
  }

  close(): void {
    this.#changes.close();
  }

  #state(service: Service): { open: boolean; staffed: boolean } {
    const hours = hoursOf(service);
    return {
      open: hours === null || isOpen(hours, this.#clock()),
      staffed: this.#staff.isStaffed(service.id),
    };
  }

  #await(id: string): void {
    const service = this.#roster.service(id);
    const hours = service ? hoursOf(service) : null;
    const now = this.#clock();
    // Nothing within a week may mean holidays: look again then.
    this.#changes.set(id, hours && (nextChange(hours, now) ?? now + WEEK));
  }
}
