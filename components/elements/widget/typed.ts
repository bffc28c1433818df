/** Fields in which a visitor leaves word. `wishedAt` is a number as text, empty: as soon as possible. */
export type Field = 'name' | 'number' | 'email' | 'text' | 'wishedAt';

/** What was typed into the forms so far: going back, or from one form to the other, loses nothing. */
const typed = new Map<Field, string>();

export const typedIn = (field: Field): string => typed.get(field) ?? '';
export const keepTyped = (field: Field, value: string): void => void typed.set(field, value);

/** It was sent. Gives what the text was, null when nothing had been typed. */
export function forgetTyped(): string | null {
  if (!typed.size) return null;
  const text = typedIn('text');
  typed.clear();
  return text;
}
