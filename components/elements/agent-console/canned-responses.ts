import type { CannedResponse, SharedResponse } from '../../../core/protocol/schemas.ts';

/** What a canned response may name. */
export interface ResponseWords {
  readonly visitor: string;
  readonly agent: string;
  readonly page: string;
}

/** Fills `{visitor}`, `{agent}` and `{page}`; other words in braces stay as they are. */
export const fillResponse = (text: string, words: ResponseWords): string =>
  text.replace(/\{(visitor|agent|page)\}/g, (_, name: keyof ResponseWords) => words[name]);

/** A slash and what follows it, at the start of a word, up to the cursor. `start` is the place of the slash. */
export interface SlashWord {
  readonly start: number;
  readonly query: string;
}

/** The slash word the cursor stands in, null when it stands in none. */
export function slashWord(text: string, cursor: number): SlashWord | null {
  const found = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, cursor));
  return found ? { start: cursor - (found[1] ?? '').length - 1, query: found[1] ?? '' } : null;
}

/** Those of the service that answers the contact. */
export const sharedOf = (
  shared: readonly SharedResponse[],
  service: string | undefined,
): readonly CannedResponse[] => shared.filter((response) => response.service === service);

/** Responses that fit the query: by the beginning of the shortcut, then by any part of it, then by the text. */
export function findResponses(
  responses: readonly CannedResponse[],
  query: string,
): readonly CannedResponse[] {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return responses.toSorted(byShortcut);
  const rankOf = ({ shortcut, text }: CannedResponse): number => {
    const at = shortcut.toLowerCase().indexOf(wanted);
    if (at === 0) return 0;
    if (at > 0) return 1;
    return text.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return responses
    .map((response) => ({ response, rank: rankOf(response) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank || byShortcut(a.response, b.response))
    .map(({ response }) => response);
}

const byShortcut = (a: CannedResponse, b: CannedResponse): number => a.shortcut.localeCompare(b.shortcut);
