import type { ClientFrame, Hello } from '../../core/protocol/client-frames.ts';
import type { ServerFrame } from '../../core/protocol/server-frames.ts';

/** So many lines are kept; older ones are forgotten. */
const KEPT = 100_000;

/** Seconds shown around the lines about a message. */
const MARGIN = 1;

interface Line {
  /** Seconds since the beginning. */
  readonly at: number;
  readonly who: string;
  readonly text: string;
}

/** What clients said and heard lately, for whoever looks for a defect. */
export class Trace {
  readonly #began = performance.now();
  #lines: Line[] = [];

  note(who: string, text: string): void {
    this.#lines.push({ at: (performance.now() - this.#began) / 1000, who, text });
    if (this.#lines.length > 2 * KEPT) this.#lines = this.#lines.slice(-KEPT);
  }

  said(who: string, frame: ClientFrame | Hello): void {
    this.note(who, `→ ${inShort(frame)}`);
  }

  heard(who: string, frame: ServerFrame): void {
    this.note(who, `← ${inShort(frame)}`);
  }

  /**
   * Lines about any of the contacts and messages a sentence names, and the connections of those concerned; where it names
   * messages, from shortly before they were first mentioned until shortly after.
   */
  about(sentence: string): string[] {
    const names = new Set(sentence.match(/\b\w+(-2)?-[cm]\d+\b/g));
    const messages = new Set([...names].filter((name) => /-m\d+$/.test(name)));
    const mentions = ({ text }: Line, of: Set<string>) => text.split(/[ ,:;]+/).some((word) => of.has(word));
    const times = this.#lines.filter((line) => mentions(line, messages)).map(({ at }) => at);
    const [from, to] =
      times.length > 0 ? [Math.min(...times) - MARGIN, Math.max(...times) + MARGIN] : [0, Infinity];
    const lines = this.#lines.filter(({ at }) => at >= from && at <= to);
    const people = new Set(lines.filter((line) => mentions(line, names)).map(({ who }) => who));
    return lines
      .filter((line) => mentions(line, names) || (people.has(line.who) && line.text.startsWith('·')))
      .map(({ at, who, text }) => `${at.toFixed(3)} ${who} ${text}`);
  }
}

const LENGTHY = new Set(['text', 'ticket', 'self', 'remote']);

function inShort(frame: ClientFrame | Hello | ServerFrame): string {
  switch (frame.type) {
    case 'hello':
      return `hello ${(frame.resume ?? []).map(({ contact, offset }) => `${contact} ${offset}`).join(', ')}`;
    case 'welcome':
      return `welcome ${frame.contacts.map(({ id, rev, phase }) => `${id} rev ${rev} ${phase}`).join(', ')}; unknown ${frame.unknown}`;
    case 'contact.state': {
      const { id, rev, phase, agent } = frame.contact;
      return `contact.state ${id} rev ${rev} ${phase} ${agent?.id ?? ''}`;
    }
    case 'log.appended': {
      const { entry } = frame;
      return `log.appended ${frame.contact} ${entry.offset} after ${entry.previous} ${entry.kind === 'event' ? entry.event : entry.id}`;
    }
    case 'log.page': {
      const { contact, after, head, recovered, entries } = frame;
      return `log.page ${contact} after ${after} head ${head} recovered ${recovered} ${entries.length} entries`;
    }
    case 'waiting.put':
      return `waiting.put ${frame.entry.contact}`;
    default: {
      const { type, ...rest } = frame;
      const words = Object.entries(rest).filter(
        ([name, value]) => !LENGTHY.has(name) && typeof value !== 'object',
      );
      return `${type} ${words.map(([, value]) => value).join(' ')}`;
    }
  }
}
