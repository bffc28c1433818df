import type { Side } from '../../../core/contact/model.ts';
import type { ContactView, LogEntry } from '../../../core/protocol/server-frames.ts';
import type { Transcript } from '../../../core/transcript/transcript.ts';
import { fileAddress } from '../../store/server-context.ts';
import { sizeText } from '../size-text.ts';
import { t } from '../strings/transcript-file.ts';
import { startOfDay, timeText } from '../time-text.ts';
import { eventText } from './event-text.ts';

/** The shape of a conversation saved as JSON. Times are ISO 8601 in UTC; fields that say nothing are null. */
export interface SavedTranscript {
  readonly contact: string;
  readonly service: string;
  readonly kind: ContactView['kind'];
  readonly visitor: string;
  readonly agent: string | null;
  readonly openedAt: string;
  readonly endedAt: string | null;
  /** What was filled in for a callback or a lead. */
  readonly form: ContactView['form'];
  readonly rating: ContactView['rating'];
  readonly entries: readonly SavedEntry[];
}

/** In the order of the log. `by` says which side it came from; null: nobody, time passed. */
export type SavedEntry = { readonly id: string; readonly at: string } & (
  | { readonly type: 'message'; readonly by: Side; readonly author: string; readonly text: string }
  /** Between agents; a visitor's file has none. */
  | { readonly type: 'note'; readonly by: 'agent'; readonly author: string; readonly text: string }
  | {
      readonly type: 'file';
      readonly by: Side;
      readonly author: string;
      readonly name: string;
      readonly mime: string;
      /** Bytes. */
      readonly size: number;
      readonly url: string;
    }
  | {
      readonly type: 'event';
      readonly by: Side | null;
      /** As on the wire, such as `call.ended`. */
      readonly event: string;
      readonly author: string | null;
      readonly call: 'voice' | 'video' | null;
      readonly seconds: number | null;
      readonly score: number | null;
      /** The event as a sentence. */
      readonly text: string;
    }
);

/** Downloads the whole conversation as `own` may see it, to the reader's device. `server` is the origin files lie on. */
export function saveTranscript(
  view: ContactView,
  transcript: Transcript,
  own: Side,
  server: string,
  format: 'text' | 'json',
): void {
  const saved = savedTranscript(view, transcript, own, server);
  const [content, type, ending] =
    format === 'json'
      ? [`${JSON.stringify(saved, null, 2)}\n`, 'application/json', 'json']
      : [transcriptText(saved), 'text/plain;charset=utf-8', 'txt'];
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${transcriptName(view)}.${ending}`;
  link.click();
  // Some browsers read it only after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The conversation as data, without what `own` must not see. */
export function savedTranscript(
  view: ContactView,
  { entries }: Transcript,
  own: Side,
  server: string,
): SavedTranscript {
  return {
    contact: view.id,
    service: view.service.name,
    kind: view.kind,
    visitor: view.visitor.name,
    agent: view.agent?.name ?? null,
    openedAt: iso(view.openedAt),
    endedAt: view.endedAt === null ? null : iso(view.endedAt),
    form: view.form,
    rating: view.rating,
    entries: entries.flatMap((entry) => savedEntry(entry, own, server) ?? []),
  };
}

function savedEntry(entry: LogEntry, own: Side, server: string): SavedEntry | null {
  const stamp = { id: entry.id, at: iso(entry.at) };
  switch (entry.kind) {
    case 'message':
      return { ...stamp, type: 'message', by: entry.side, author: entry.author.name, text: entry.text };
    case 'note':
      return own === 'agent'
        ? { ...stamp, type: 'note', by: 'agent', author: entry.author.name, text: entry.text }
        : null;
    case 'file': {
      const { side, author, name, mime, size } = entry;
      const url = fileAddress(server, entry);
      return { ...stamp, type: 'file', by: side, author: author.name, name, mime, size, url };
    }
    case 'event': {
      const { side, event, name, call, seconds, score } = entry;
      // A file is read later and elsewhere: "you" would be nobody.
      const text = eventText(entry, own, NOBODY).trim();
      return { ...stamp, type: 'event', by: side, event, author: name, call, seconds, score, text };
    }
    case 'hidden':
      return null;
  }
}

/** No name of anybody. */
const NOBODY = '\0';

/** The same for people: one line for each entry, under the day it was. */
export function transcriptText(saved: SavedTranscript): string {
  const { visitor, agent, service, openedAt, endedAt, rating, entries } = saved;
  const lines = [
    agent ? t('title', { visitor, agent }) : t('titleAlone', { visitor }),
    t('service', { service }),
    t('began', { time: momentText(openedAt) }),
    ...(endedAt ? [t('ended', { time: momentText(endedAt) })] : []),
    ...(rating ? [[t('rated', { score: rating.score }), rating.comment].filter(Boolean).join('. ')] : []),
  ];
  let day = 0;
  for (const entry of entries) {
    const at = Date.parse(entry.at);
    if (startOfDay(at) !== day) lines.push('', DAY.format(at), '');
    day = startOfDay(at);
    lines.push(`${timeText(at)}  ${entryLine(entry).replaceAll('\n', '\n       ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function entryLine(entry: SavedEntry): string {
  switch (entry.type) {
    case 'message':
      return `${entry.author}: ${entry.text}`;
    case 'note':
      return `[${t('note', { name: entry.author })}] ${entry.text}`;
    case 'file':
      return `${entry.author}: ${t('file', { name: entry.name, size: sizeText(entry.size), url: entry.url })}`;
    case 'event':
      return `* ${entry.text}`;
  }
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });

const momentText = (at: string): string => MOMENT.format(Date.parse(at));
const iso = (at: number): string => new Date(at).toISOString();

/** `conversation-2026-03-03-vera-anna`: the day, here, and who took part. */
export function transcriptName({ openedAt, visitor, agent }: ContactView): string {
  const at = new Date(openedAt);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((each) =>
    String(each).padStart(2, '0'),
  );
  return [t('fileName'), ...day, visitor.name, agent?.name ?? '']
    .map((each) =>
      each
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, ''),
    )
    .filter(Boolean)
    .join('-');
}
