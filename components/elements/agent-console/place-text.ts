/** Languages, countries and pages as agents read them. */

type NameType = 'language' | 'region';
const names = new Map<NameType, Intl.DisplayNames>();

function nameOf(type: NameType, code: string): string {
  try {
    const known = names.get(type) ?? new Intl.DisplayNames(undefined, { type });
    names.set(type, known);
    return known.of(code) ?? code;
  } catch {
    return code; // Not a code: somebody's own word for it.
  }
}

/** `de-AT` gives German, in the language of the reader: where they speak it says the country. */
export const languageText = (tag: string): string =>
  nameOf('language', tag.replace(/-([A-Z]{2}|\d{3})\b.*$/i, ''));

/** `NL` gives Netherlands. */
export const countryText = (code: string): string =>
  /^[A-Za-z]{2}$/.test(code) ? nameOf('region', code.toUpperCase()) : code;

const parse = (address: string): URL | null => (URL.canParse(address) ? new URL(address) : null);

/** The address without what says nothing: `shop.example/cart`. */
export function pageText(address: string): string {
  const url = parse(address);
  return url ? `${url.host}${url.pathname === '/' ? '' : url.pathname}${url.search}` : address;
}

/** The site a page belongs to, `search.example`; null when there is none. */
export const siteText = (address: string): string | null =>
  parse(address)?.host.replace(/^www\./, '') || null;

/** The address as a link target, or null when a click on it could run script. */
export const safeLink = (address: string): string | null => {
  const url = parse(address);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
};
