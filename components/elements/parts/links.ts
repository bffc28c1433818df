const LINK = /\b(?:https?:\/\/|mailto:|www\.)[^\s<>"]+/gi;
const TRAILING = /[.,;:!?'’”»]+$/;

export type TextPart = string | { readonly href: string; readonly text: string };

/** Cuts a message into text and links. Only `http`, `https` and `mailto` ever become one. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const shown = withoutTail(found);
    const href = addressOf(shown);
    if (!href) continue;
    parts.push(text.slice(end, index), { href, text: shown });
    end = index + shown.length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== '');
}

/** A sentence goes on after a link: its punctuation and its closing bracket are not the link's. */
function withoutTail(found: string): string {
  const shown = found.replace(TRAILING, '');
  const unpaired = shown.endsWith(')') && shown.split('(').length < shown.split(')').length;
  if (unpaired) return withoutTail(shown.slice(0, -1));
  return shown;
}

function addressOf(shown: string): string | null {
  const address = /^www\./i.test(shown) ? `https://${shown}` : shown;
  return URL.canParse(address) ? new URL(address).href : null;
}
