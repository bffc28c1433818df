/** Refuses what has no JSON at the call, where it harms nobody else's write. */
export function jsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`Cannot store a ${typeof value}: it is not JSON`);
  return text;
}
