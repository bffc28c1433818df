const MAX_NAME = 255;
const MAX_ENDING = 20;

/** The name to keep for a file whose sender calls it this: no path, no control characters, not too long, with its ending. */
export function fileNameOf(header: string | undefined): string {
  const name = [...decode(header ?? '')]
    .map((letter) => (isControl(letter) ? ' ' : '/\\'.includes(letter) ? '_' : letter))
    .join('')
    .trim();
  if (name.length <= MAX_NAME) return name || 'file';
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= MAX_ENDING ? name.slice(dot) : '';
  return name.slice(0, MAX_NAME - ending.length).toWellFormed() + ending;
}

/** `attachment; filename="R_sum_.pdf"; filename*=UTF-8''R%C3%A9sum%C3%A9.pdf` (RFC 6266 and 8187). */
export function dispositionOf(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^A-Za-z0-9 ._()+-]/g, '_');
  const extended = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${extended}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text).toWellFormed();
  } catch {
    return text;
  }
}

/** Controls, and marks that turn the direction of a name so that its ending seems another. */
const isControl = (letter: string): boolean => /[\p{Cc}\p{Bidi_Control}]/u.test(letter);
