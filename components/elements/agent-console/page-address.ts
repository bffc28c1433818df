import { MAX_URL } from '../../../core/protocol/limits.ts';
import { t } from '../strings/tools.ts';

/** The page an agent typed: its address, or what is wrong with it. `shop.example/lamps` means https. */
export function pageAddress(typed: string): { readonly url: string } | { readonly problem: string } {
  const text = typed.trim();
  if (!text) return { problem: t('addressMissing') };
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  // A host with a port looks like a scheme: `localhost:8000`.
  const bare = scheme === undefined || /^[^/?#\s]+:\d+(?:[/?#]|$)/.test(text);
  if (!bare && scheme !== 'http' && scheme !== 'https') return { problem: t('addressScheme') };
  const address = bare ? `https://${text}` : text;
  if (/\s/.test(text) || !URL.canParse(address)) return { problem: t('addressWrong') };
  const { href, hostname } = new URL(address);
  if (!/\.|^localhost$|:/.test(hostname)) return { problem: t('addressWrong') };
  if (href.length > MAX_URL) return { problem: t('addressTooLong', { length: href.length, limit: MAX_URL }) };
  return { url: href };
}
