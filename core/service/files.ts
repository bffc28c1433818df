/** What a service takes as files: bytes of the largest, 0 for none, and media types, `image/*` for all of a kind. */
export interface FileLimits {
  readonly maxBytes: number;
  readonly types: readonly string[];
}

/** Whether one of the types, such as `image/*`, is or holds this one. */
export const isTaken = (type: string, taken: readonly string[]): boolean =>
  taken.some((pattern) =>
    pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern,
  );

/** Whether a file of this media type and size, in bytes, keeps the limits. An empty one is none. */
export const keepsLimits = ({ maxBytes, types }: FileLimits, mime: string, size: number): boolean =>
  size > 0 && size <= maxBytes && isTaken(mime, types);
