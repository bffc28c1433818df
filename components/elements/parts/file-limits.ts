import { sizeText } from '../size-text.ts';
import { t } from '../strings/files.ts';

/** A file that is not sent, and why. */
export interface Refusal {
  readonly name: string;
  readonly reason: string;
}

/** Why this file cannot be sent, null when it can. `accept` as in an input, empty for anything; `maxBytes` of one file. */
export function refusalOf({ name, type, size }: File, accept: string, maxBytes: number): Refusal | null {
  const wanted = accept
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter(Boolean);
  if (wanted.length > 0 && !wanted.some((each) => fits(name.toLowerCase(), type.toLowerCase(), each)))
    return { name, reason: t('wrongType', { types: wanted.map(typeText).join(', ') }) };
  if (size > maxBytes)
    return { name, reason: t('tooLarge', { size: sizeText(size), limit: sizeText(maxBytes) }) };
  return size === 0 ? { name, reason: t('empty') } : null;
}

function fits(name: string, type: string, wanted: string): boolean {
  if (wanted.startsWith('.')) return name.endsWith(wanted);
  return wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

/** `application/pdf` gives PDF, `image/*` gives image. */
const typeText = (wanted: string): string => {
  const [kind = '', sub = ''] = wanted.replace(/^\./, '/').split('/');
  return sub === '*' ? kind : sub.toUpperCase();
};
