const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const formats = new Map<string, Intl.NumberFormat>();

/** `Intl.NumberFormat` is slow to make, and the progress of a file asks for one many times. */
function format(unit: string, maximumFractionDigits: number): Intl.NumberFormat {
  const key = unit + maximumFractionDigits;
  const found =
    formats.get(key) ?? new Intl.NumberFormat(undefined, { style: 'unit', unit, maximumFractionDigits });
  formats.set(key, found);
  return found;
}

/** A number of bytes as people read it, `4.2 MB`. */
export function sizeText(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 1_000 && unit < UNITS.length - 1) [size, unit] = [size / 1_000, unit + 1];
  return format(UNITS[unit] ?? 'byte', unit > 0 && size < 10 ? 1 : 0).format(size);
}
