import { type Bed, openBed, type StoreKind } from './bed.ts';
import { makeBed } from './beds.ts';
import { checkDesk } from './check-desk.ts';
import { checkMessages } from './check-messages.ts';
import { checkStories } from './check-story.ts';
import { COMMON, type Fault, type Happening, happen } from './faults.ts';
import { Machine } from './machine.ts';
import type { Participant } from './participant.ts';
import { pause } from './pause.ts';
import { Random } from './random.ts';
import { readStore, type Snapshot } from './snapshot.ts';
import { configureTown, populate, type Town } from './town.ts';
import { type Violation, Witness } from './witness.ts';

/** All that decides a run. */
export interface Plan {
  readonly seed: number;
  readonly store: StoreKind;
  readonly instances: number;
  /** How long everybody acts and faults happen; draining comes on top. */
  readonly seconds: number;
  /** A check comes after each span of so many seconds. */
  readonly round: number;
  readonly visitors: number;
  readonly agents: number;
  /** Milliseconds between two doings of one client. */
  readonly pace: readonly [low: number, high: number];
  /** Milliseconds between the beginnings of two faults. */
  readonly gap: readonly [low: number, high: number];
  /** How long everything may take to be delivered once the faults are over, milliseconds. */
  readonly patience: number;
  /** Program to run in place of `server/main.ts`, and what else it finds in its environment. */
  readonly program?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** In place of all faults. */
  readonly faults?: readonly Fault[];
}

export interface Outcome {
  readonly plan: Plan;
  readonly violations: readonly Violation[];
  readonly timeline: readonly Happening[];
  /** What clients said and heard about the contact and the messages of the first violation. */
  readonly trace: readonly string[];
  readonly contacts: number;
  readonly written: number;
  readonly acknowledged: number;
  /** Log entries in the store. */
  readonly entries: number;
  /** Errors and closes the clients were answered with, by code. */
  readonly answers: ReadonlyMap<string, number>;
  readonly missing: readonly string[];
  /** Longest time from the end of the faults until all was quiet, milliseconds. */
  readonly drain: number;
  /** Highest resident set of any instance, bytes. */
  readonly peak: number;
}

/** Nobody heard anything for so long: nothing goes on any more. */
const QUIET = 600;
/**
 * What differs from the store is looked at again, when all is quiet: a timer may just have changed something, or a machine that is
 * short of processors have thrown everybody out.
 */
const LOOKS = 5;
const LOOK_AGAIN = 800;

export interface RunOptions {
  /** Hears how it goes. */
  readonly tell?: (line: string) => void;
  /** Ends it early: what happened until then is checked all the same. */
  readonly signal?: AbortSignal;
}

/** Lets a run happen, and says what was wrong with it. */
export async function run(plan: Plan, options: RunOptions = {}): Promise<Outcome> {
  const random = new Random(plan.seed);
  const witness = new Witness();
  const directory = await Deno.makeTempDir({ prefix: 'vicino-chaos-' });
  await using bed = await makeBed(plan.store, plan.instances);
  const config = `${directory}/vicino.json`;
  await configureTown(config, plan.agents);
  const env = { VC_STORE: bed.address, VC_CONFIG: config, ...bed.env, ...plan.env };
  const machines = Array.from(
    { length: plan.instances },
    (_, n) => new Machine(`i${n + 1}`, { env, program: plan.program, random, witness }),
  );
  try {
    await Promise.all(machines.map((machine) => machine.start()));
    return await new Run(plan, bed, machines, random, witness, options).toEnd();
  } finally {
    await Promise.all(machines.map((machine) => machine[Symbol.asyncDispose]()));
    await Deno.remove(directory, { recursive: true });
  }
}

class Run {
  readonly #plan: Plan;
  readonly #bed: Bed;
  readonly #machines: readonly Machine[];
  readonly #random: Random;
  readonly #witness: Witness;
  readonly #options: RunOptions;
  readonly #timeline: Happening[] = [];
  readonly #began = performance.now();
  #drain = 0;

  constructor(
    plan: Plan,
    bed: Bed,
    machines: readonly Machine[],
    random: Random,
    witness: Witness,
    options: RunOptions,
  ) {
    this.#plan = plan;
    this.#bed = bed;
    this.#machines = machines;
    this.#random = random;
    this.#witness = witness;
    this.#options = options;
  }

  async toEnd(): Promise<Outcome> {
    const { seconds, round } = this.#plan;
    const { signal } = this.#options;
    const clients = await populate({
      ...this.#plan,
      random: this.#random,
      witness: this.#witness,
      addresses: this.#machines.map(({ proxy }) => proxy.wsUrl),
    });
    let violations: Violation[] = [];
    let snapshot: Snapshot = new Map();
    for (
      let left = seconds, n = 1;
      left > 0 && violations.length === 0 && !signal?.aborted;
      left -= round, n++
    ) {
      await this.#storm(clients.everybody, Math.min(left, round), n);
      await this.#settle(clients);
      [snapshot, violations] = await this.#check(clients);
      this.#options.tell?.(
        `round ${n}: ${snapshot.size} contacts, ${this.#witness.written.size} messages, ${violations.length} violations`,
      );
    }
    if (violations.length === 0) {
      await this.#finish(clients);
      [snapshot, violations] = await this.#check(clients);
      for (const [id, { contact }] of snapshot)
        if (contact.phase === 'waiting' || contact.phase === 'assigned')
          violations.push({
            rule: 'forgotten',
            contact: id,
            detail: `nobody could end it: it is ${contact.phase}`,
          });
    }
    for (const { transport } of clients.everybody) transport.close();
    await Promise.all(this.#machines.map((machine) => machine.stop('SIGTERM')));
    if (violations.length === 0) violations = await this.#checkDisk(clients.everybody);
    const { written, acknowledged, answers } = this.#witness;
    const offender = violations.find(({ contact }) => contact !== null);
    return {
      plan: this.#plan,
      violations,
      timeline: this.#timeline,
      trace: offender ? this.#witness.trace.about(`${offender.contact} ${offender.detail}`) : [],
      contacts: snapshot.size,
      written: written.size,
      acknowledged: acknowledged.size,
      entries: [...snapshot.values()].reduce((sum, { log }) => sum + log.length, 0),
      answers,
      missing: this.#bed.missing,
      drain: this.#drain,
      peak: Math.max(...this.#machines.map(({ peak }) => peak)),
    };
  }

  /** Everybody acts while faults happen; resolves when the last fault is over. */
  async #storm(everybody: readonly Participant[], seconds: number, round: number): Promise<void> {
    const { signal: ended = new AbortController().signal } = this.#options;
    const over = AbortSignal.any([ended, AbortSignal.timeout(seconds * 1000)]);
    const lives = everybody.map((participant) => participant.live(over));
    const timeline = await happen(
      this.#plan.faults ?? [...COMMON, ...this.#bed.faults],
      { random: this.#random.fork(`faults ${round}`), machines: this.#machines },
      { gap: this.#plan.gap, began: this.#began, signal: over },
    );
    this.#timeline.push(...timeline);
    await Promise.all(lives);
  }

  /** Waits until everything is delivered and nobody hears anything new. */
  async #settle({ everybody, agents }: Town): Promise<void> {
    const began = performance.now();
    let heard = -1;
    let since = began;
    let attended = false;
    while (performance.now() - began < this.#plan.patience) {
      await pause(50);
      const drained = everybody.every((participant) => participant.drained);
      if (drained && !attended) {
        attended = true;
        for (const agent of agents) agent.attend();
      }
      const now = everybody.reduce((sum, participant) => sum + participant.heard, 0);
      if (!drained || now !== heard) since = performance.now();
      heard = now;
      if (performance.now() - since > QUIET) break;
    }
    this.#drain = Math.max(this.#drain, performance.now() - began);
  }

  async #check(clients: Town): Promise<[Snapshot, Violation[]]> {
    const store = await openBed(this.#bed);
    try {
      for (let look = 1; ; look++) {
        const snapshot = await readStore(store);
        const violations = [
          ...this.#witness.violations,
          ...clients.everybody.flatMap(undelivered),
          ...checkMessages(snapshot, this.#witness, outboxes(clients.everybody)),
          ...checkStories(snapshot),
          ...checkDesk(snapshot, clients, Date.now()),
        ];
        if (violations.length === 0 || look === LOOKS) return [snapshot, violations];
        await pause(LOOK_AGAIN);
        await this.#settle(clients);
      }
    } finally {
      await store.close();
    }
  }

  /** What an orderly end leaves on disk. */
  async #checkDisk(everybody: readonly Participant[]): Promise<Violation[]> {
    const store = await openBed(this.#bed);
    try {
      const snapshot = await readStore(store);
      return [
        ...this.#witness.violations,
        ...checkMessages(snapshot, this.#witness, outboxes(everybody)),
        ...checkStories(snapshot),
      ];
    } finally {
      await store.close();
    }
  }

  /** Takes and ends all that waits, until nothing is left or there is no getting on: what nobody can get hold of was forgotten. */
  async #finish(clients: Town): Promise<void> {
    const { agents, visitors } = clients;
    let fewest = Number.POSITIVE_INFINITY;
    for (let vain = 0; vain < 40; vain++) {
      for (const one of [...agents, ...visitors]) one.finish();
      await this.#settle(clients);
      const left = new Set(agents.flatMap(({ waiting, assigned }) => [...waiting.keys(), ...assigned])).size;
      if (left === 0) return;
      if (left < fewest) vain = 0;
      fewest = Math.min(fewest, left);
    }
  }
}

const outboxes = (everybody: readonly Participant[]): Set<string> =>
  new Set(
    everybody.flatMap(({ transcripts }) =>
      [...transcripts.values()].flatMap(({ pending }) => pending.map(({ id }) => id)),
    ),
  );

/** What a client still has to say, or knows to be missing, when it has had all the time there is. */
function undelivered({ name, transport, transcripts }: Participant): Violation[] {
  const complaints: Violation[] = [];
  const complain = (contact: string | null, detail: string) =>
    complaints.push({ rule: 'undelivered', contact, detail });
  if (!transport.welcomed) complain(null, `${name} is not let in any more`);
  for (const [contact, { pending, behind }] of transcripts) {
    if (behind) complain(contact, `${name} knows that something is missing, and does not get it`);
    for (const { id } of pending) complain(contact, `${id} of ${name} is neither taken nor refused`);
  }
  return complaints;
}
