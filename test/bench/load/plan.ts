/** What the benchmark asks of the load generator, and what it answers: JSON both ways. */

/** One thing on the way from the handshake to an open socket: a frame to say, or one to wait for by its beginning. */
export type Step = { readonly say: string } | { readonly hear: string };

/** One socket of the generator. */
export interface Member {
  /** Path and query of the handshake. */
  readonly path: string;
  readonly protocol?: string;
  readonly steps: readonly Step[];
  /** What it sends: {@link BLANK} stands where the number of the message goes. Without it the socket only listens. */
  readonly template?: string;
  /** Place of the member that gets its messages, and whose messages it gets. */
  readonly other?: number;
}

/** Where the number of a message goes: who sent it, and the how-manieth of theirs it is. */
export const BLANK = 'n'.padEnd(14, '#');

export interface Plan {
  readonly port: number;
  /** The server, for reading what it spends. */
  readonly pid: number;
  readonly members: readonly Member[];
  /** Handshakes under way at once. */
  readonly opening: number;
  /** What stands before the number in a received message. */
  readonly marker: string;
  /** The sender gets its own message back, and counts that as the answer; else what the other one gets is the answer. */
  readonly echoed: boolean;
  /** Each message carries its place in the conversation, to be checked for gaps. */
  readonly numbered: boolean;
  /** One after the other; the sockets stay open. */
  readonly phases: readonly Phase[];
}

export type Phase =
  /** Keeps the sockets open, answers pings, until the next line of the standard input. */
  | { readonly kind: 'hold' }
  /**
   * As fast as there are answers: so many messages together are under way, one of a member at most, the members taking turns with
   * at least `pause` milliseconds between two of one.
   */
  | {
      readonly kind: 'saturate';
      readonly warm: number;
      readonly seconds: number;
      readonly pause: number;
      readonly together: number;
    }
  /** So many messages a second, whether they are answered or not; more and more until so many in the first `rising` seconds. */
  | {
      readonly kind: 'rate';
      readonly warm: number;
      readonly seconds: number;
      readonly perSecond: number;
      readonly rising?: number;
    };

/** Seconds of a processor, of all threads of a process. */
export interface Opened {
  readonly kind: 'opened';
  readonly opened: number;
  readonly refused: number;
  /** From the first handshake to the last welcome. */
  readonly seconds: number;
  readonly serverCpu: number;
  readonly ownCpu: number;
}

export interface Measured {
  readonly kind: 'measured';
  /** Answered within the seconds measured. */
  readonly answered: number;
  /** Sent within them. */
  readonly offered: number;
  readonly seconds: number;
  readonly serverCpu: number;
  readonly ownCpu: number;
  /** Milliseconds from sending to the answer, of what was sent in the seconds measured. */
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  /** Sockets the server closed. */
  readonly closed: number;
  /** Of those that are still open: never answered. */
  readonly unanswered: number;
  /** Messages that came out of order, twice, or to the wrong one. */
  readonly wrong: number;
  /** Messages looked at. */
  readonly checked: number;
}

export type Answer = Opened | Measured | { readonly kind: 'holding' };
