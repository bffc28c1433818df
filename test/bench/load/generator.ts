/**
 * The load of the server benchmarks, in a process of its own: reads a {@link Plan} from the file named, opens all sockets, goes
 * through the phases, and writes one line of JSON for each. Checks every message it gets.
 */
import { processorSeconds } from '../spending.ts';
import { Crowd } from './crowd.ts';
import { Ledger, MOST_UNDER_WAY } from './ledger.ts';
import type { Answer, Opened, Phase, Plan } from './plan.ts';

/** Milliseconds after which what is not answered is not waited for any more. */
const PATIENCE = 5_000;
/** Milliseconds without a single socket opening. */
const STALLED = 10_000;

const plan: Plan = JSON.parse(Deno.readTextFileSync(Deno.args[0] ?? ''));
const senders = plan.members.flatMap(({ template }, member) => (template === undefined ? [] : [member]));
const ledger = new Ledger(plan);
let opened = 0;
let lost = 0;
let onAnswer = (_member: number): void => {};
const crowd = new Crowd(plan, {
  opened: () => {
    opened++;
  },
  heard(member, buffer, start, end) {
    const answered = ledger.heard(member, buffer, start, end);
    if (answered >= 0) onAnswer(answered);
  },
  lost: () => {
    lost++;
  },
});

const say = (answer: Answer): void => console.log(JSON.stringify(answer));

function openAll(): Opened {
  const { members, opening, pid } = plan;
  const spent = { server: processorSeconds(pid), own: processorSeconds(Deno.pid) };
  const began = performance.now();
  let dialled = 0;
  let last = began;
  let progress = 0;
  while (opened + lost < members.length) {
    while (dialled < members.length && dialled - opened - lost < opening) crowd.dial(dialled++);
    crowd.turn(10);
    if (opened + lost > progress) {
      progress = opened + lost;
      last = performance.now();
    } else if (performance.now() - last > STALLED) break;
  }
  const answer: Opened = {
    kind: 'opened',
    opened,
    refused: members.length - opened,
    seconds: (last - began) / 1000,
    serverCpu: processorSeconds(pid) - spent.server,
    ownCpu: processorSeconds(Deno.pid) - spent.own,
  };
  lost = 0;
  return answer;
}

function hold(): void {
  crowd.told = false;
  while (!crowd.told) crowd.turn(100);
}

/** Sends one message of the member, if its socket takes it. */
function send(member: number): boolean {
  if (ledger.underWay(member) >= MOST_UNDER_WAY || !crowd.send(member, ledger.next(member))) return false;
  ledger.sent(member, performance.now());
  return true;
}

/** So many messages under way; `pause` milliseconds at least between two of a member. */
function saturate({ pause, together }: Extract<Phase, { kind: 'saturate' }>): Pace {
  const queue = [...senders];
  const due = new Float64Array(plan.members.length);
  let underWay = 0;
  onAnswer = (member) => {
    underWay--;
    queue.push(member);
  };
  return {
    until: (now) =>
      queue.length > 0 && underWay < together ? Math.max(0, (due[queue[0] as number] as number) - now) : 1,
    go(now) {
      let sent = 0;
      let taken = 0;
      // Answers come in about the order of sending, so the first of the queue is the first that may send again.
      while (taken < queue.length && underWay < together && (due[queue[taken] as number] as number) <= now) {
        const member = queue[taken++] as number;
        due[member] = now + pause;
        if (send(member)) {
          sent++;
          underWay++;
        } else if (crowd.isOpen(member)) queue.push(member);
      }
      queue.splice(0, taken);
      return sent;
    },
  };
}

/** So many a second, one member after the other; evenly more in each of the first `rising` seconds. */
function steadily({ perSecond, rising = 0 }: { perSecond: number; rising?: number }): Pace {
  const began = performance.now();
  let owed = 0;
  onAnswer = () => {};
  /** Milliseconds after which so many have to be sent. */
  const due = (count: number): number =>
    1000 *
    (count < (perSecond * rising) / 2
      ? Math.sqrt((2 * rising * count) / perSecond)
      : count / perSecond + rising / 2);
  return {
    until: (now) => began + due(owed) - now,
    go(now) {
      let sent = 0;
      for (; began + due(owed) <= now; owed++) if (send(senders[owed % senders.length] as number)) sent++;
      return sent;
    },
  };
}

interface Pace {
  /** Milliseconds until something is to be sent. */
  until(now: number): number;
  /** Sends what is due. */
  go(now: number): number;
}

function run(pace: Pace, warm: number, seconds: number): void {
  const drive = (until: number): number => {
    let sent = 0;
    for (let now = performance.now(); now < until; now = performance.now()) {
      sent += pace.go(now);
      crowd.turn(Math.min(pace.until(performance.now()), until - performance.now()));
    }
    return sent;
  };
  const before = lost;
  drive(performance.now() + warm * 1000);
  ledger.latencies = [];
  ledger.records = true;
  const spent = { server: processorSeconds(plan.pid), own: processorSeconds(Deno.pid) };
  const [answered, checked] = [ledger.answered, ledger.checked];
  const began = performance.now();
  const offered = drive(began + seconds * 1000);
  const lasted = (performance.now() - began) / 1000;
  const serverCpu = processorSeconds(plan.pid) - spent.server;
  const ownCpu = processorSeconds(Deno.pid) - spent.own;
  const inTime = ledger.answered - answered;
  ledger.records = false;
  onAnswer = () => {};
  const rest = (): number =>
    senders.reduce((sum, member) => sum + (crowd.isOpen(member) ? ledger.underWay(member) : 0), 0);
  for (const until = performance.now() + PATIENCE; rest() > 0 && performance.now() < until; ) crowd.turn(10);
  const sorted = Float64Array.from(ledger.latencies).sort();
  const quantile = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  say({
    kind: 'measured',
    answered: inTime,
    offered,
    seconds: lasted,
    serverCpu,
    ownCpu,
    p50: quantile(0.5),
    p99: quantile(0.99),
    worst: quantile(1),
    closed: lost - before,
    unanswered: rest(),
    wrong: ledger.wrong,
    checked: ledger.checked - checked,
  });
}

function carryOut(phase: Phase): void {
  switch (phase.kind) {
    case 'hold':
      say({ kind: 'holding' });
      hold();
      break;
    case 'saturate':
      run(saturate(phase), phase.warm, phase.seconds);
      break;
    case 'rate':
      run(steadily(phase), phase.warm, phase.seconds);
      break;
  }
}

say(openAll());
for (const phase of plan.phases) carryOut(phase);
