let byZone: ReadonlyMap<string, string> | undefined;

/**
 * The country a visitor is in, as two capital letters, or null: what a trusted proxy said of it, else where clocks run like
 * those of their browser.
 *
 * @param said value of the configured header, if any
 * @param zone IANA time zone of the visitor's browser
 */
export function countryOf(said: string | null, zone: string | undefined): string | null {
  const named = said?.trim().toUpperCase() ?? '';
  // Proxies say XX where they do not know, and T1 for a network that hides it.
  if (/^[A-Z]{2}$/.test(named) && named !== 'XX') return named;
  const canonical = zone === undefined ? null : canonicalZone(zone);
  if (canonical === null) return null;
  byZone ??= countriesByZone();
  return byZone.get(canonical) ?? null;
}

/** The name by which this platform knows a time zone; null: it knows none like this. */
export function canonicalZone(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Every time zone belongs to one country; the platform tells the zones of each. */
function countriesByZone(): ReadonlyMap<string, string> {
  const countries = new Map<string, string>();
  for (const region of regions()) {
    const zones = new Intl.Locale(`und-${region}`).getTimeZones();
    for (const zone of zones ?? []) countries.set(zone, region);
  }
  return countries;
}

/** Two-letter codes, without those of countries that go by another one now. */
function* regions(): Generator<string> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const first of letters)
    for (const second of letters) {
      const region = first + second;
      if (new Intl.Locale(`und-${region}`).region === region) yield region;
    }
}
