/** Ways out of a network, by what carries them to the TURN server. */
export type RelayWay = 'turnUdp' | 'turnTcp' | 'turnTls';

const isTcp = (url: string): boolean => url.startsWith('turn:') && url.includes('transport=tcp');

export const FITS: Readonly<Record<RelayWay, (url: string) => boolean>> = {
  turnUdp: (url) => url.startsWith('turn:') && !isTcp(url),
  turnTcp: isTcp,
  turnTls: (url) => url.startsWith('turns:'),
};

const urlsOf = ({ urls }: RTCIceServer): string[] => [urls].flat();

/** Where to ask what address we come from: TURN servers tell that, too. */
export function stunAddresses(ice: readonly RTCIceServer[]): string[] {
  const own = ice.flatMap(urlsOf);
  const stun = own.filter((url) => /^stuns?:/.test(url));
  return stun.length > 0
    ? stun
    : own.filter(FITS.turnUdp).map((url) => url.replace(/^turn:/, 'stun:').replace(/\?.*/, ''));
}

/** The servers that relay by the given ways, with those addresses alone. */
export function relaysBy(
  ice: readonly RTCIceServer[],
  ways: readonly RelayWay[] = ['turnUdp', 'turnTcp', 'turnTls'],
): RTCIceServer[] {
  return ice.flatMap((server) => {
    const urls = urlsOf(server).filter((url) => ways.some((way) => FITS[way](url)));
    return urls.length > 0 ? [{ ...server, urls }] : [];
  });
}
