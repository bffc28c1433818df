/** `image/png` of `image/PNG; x=y`; empty for what is none. */
export function mediaTypeOf(header: string | undefined): string {
  const type = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[a-z]+\/[a-z0-9!#$&^_.+-]{1,100}$/.test(type) ? type : '';
}

/** Pictures that cannot run anything and that every browser shows. */
export const isPicture = (type: string): boolean =>
  type === 'image/png' || type === 'image/jpeg' || type === 'image/gif' || type === 'image/webp';

/** What a browser might run if it came to show it; such a file is given out as bytes and nothing else. */
export const isActive = (type: string): boolean =>
  /(^text\/(html|xml|css)$|script|\+xml$|^application\/(xhtml|xml|wasm|x-shockwave-flash))/.test(type);

/** How many bytes of the beginning {@link isWhatItSays} wants to see, if there are so many. */
export const SIGNATURE_BYTES = 12;

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const begins = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((byte, i) => bytes[at + i] === byte);

/** Whether the beginning of a file fits its type, for types whose beginning tells; all others pass. */
export function isWhatItSays(type: string, start: Uint8Array): boolean {
  switch (type) {
    case 'image/png':
      return begins(start, [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a]);
    case 'image/jpeg':
      return begins(start, [0xff, 0xd8, 0xff]);
    case 'image/gif':
      return begins(start, ascii('GIF87a')) || begins(start, ascii('GIF89a'));
    case 'image/webp':
      return begins(start, ascii('RIFF')) && begins(start, ascii('WEBP'), 8);
    case 'application/pdf':
      return begins(start, ascii('%PDF-'));
    default:
      return true;
  }
}
