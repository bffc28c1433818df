/** First letters of the first and the last word of a name, `AB`. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word = '') => [...word][0]?.toUpperCase()).join('');
}
