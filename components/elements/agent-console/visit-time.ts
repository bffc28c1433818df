/** Times of a visit, which may lie days back, and in the zone of somebody else. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** `Intl.DateTimeFormat` is slow to make. */
function format(zone: string | undefined): Intl.DateTimeFormat {
  const key = zone ?? '';
  const found =
    formats.get(key) ??
    new Intl.DateTimeFormat(undefined, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: 'numeric',
      minute: '2-digit',
      ...(zone ? { timeZone: zone } : {}),
    });
  formats.set(key, found);
  return found;
}

/** `Tue 3 Mar, 09:30`, here, or in an IANA zone. Null for a zone this browser does not know. */
export function visitTime(at: number, zone?: string): string | null {
  try {
    return format(zone).format(at);
  } catch {
    return null;
  }
}

/** `America/New_York` gives New York. */
export const zoneText = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
