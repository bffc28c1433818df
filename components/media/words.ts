type Kind = 'string' | 'number' | 'boolean' | 'object';

/** The fields of each type of word, beside `type`, and what they hold. */
export type Shapes<W extends { readonly type: string }> = Readonly<
  Record<W['type'], Readonly<Record<string, Kind>>>
>;

/** What the other browser says is believed only in its right shape; null for anything else. */
export function wordIn<W extends { readonly type: string }>(text: unknown, shapes: Shapes<W>): W | null {
  try {
    const word = JSON.parse(String(text));
    const shape = Object.hasOwn(shapes, word.type) && shapes[word.type as W['type']];
    const has = ([name, kind]: [string, Kind]) => word[name] !== null && typeof word[name] === kind;
    return shape && Object.entries(shape).every(has) ? word : null;
  } catch {
    return null;
  }
}
