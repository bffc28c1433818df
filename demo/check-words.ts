/** What was found out, in words for people. */

/** `absent`: it is not set up, or nothing depends on it. */
export type Level = 'good' | 'fair' | 'bad' | 'absent' | 'waiting';

export interface Finding {
  readonly level: Level;
  readonly word: string;
  /** What to do about it; empty: nothing. */
  readonly hint: string;
}

export const NAMES = {
  browser: 'Calls in this browser',
  https: 'HTTPS',
  socket: 'WebSocket',
  stun: 'UDP (STUN)',
  turnUdp: 'TURN over UDP',
  turnTcp: 'TURN over TCP',
  turnTls: 'TURN over TLS',
  download: 'Download',
  upload: 'Upload',
} as const;
export type Probe = keyof typeof NAMES;
export type Findings = Readonly<Record<Probe, Finding>>;

export const WORDS = {
  checking: 'Checking…',
  patience: 'This takes about half a minute.',
  copied: 'Copied',
  notCopied: 'Select the text below and copy it',
} as const;

const finding = (level: Level, word: string, hint = ''): Finding => ({ level, word, hint });

export const WAITING = finding('waiting', WORDS.checking);

/** Of a voice, of a small picture beside it, and of a good one, in bits a second. */
const VOICE = 64_000;
const SMALL = 300_000;
const LARGE = 1_000_000;

export const browserFinding = (able: boolean): Finding =>
  able
    ? finding('good', 'possible')
    : finding('bad', 'not possible', 'This browser has no WebRTC, or it is switched off. Use a current one.');

export const httpsFinding = (secure: boolean): Finding =>
  secure
    ? finding('good', 'secure')
    : finding(
        'bad',
        'not secure',
        'Browsers give camera and microphone to secure pages alone: serve this over HTTPS.',
      );

export const socketFinding = (delay: number | null): Finding =>
  delay === null
    ? finding(
        'bad',
        'blocked',
        'A proxy or firewall does not let WebSockets through. Without them there is no chat either.',
      )
    : finding('good', `${Math.round(delay)} ms`);

export function stunFinding(reached: boolean | null): Finding {
  if (reached === null)
    return finding('absent', 'not set up', 'No STUN server is configured, under “ice” of the configuration.');
  return reached
    ? finding('good', 'open')
    : finding(
        'fair',
        'blocked',
        'This network lets no UDP out. Calls go through TURN over TCP or TLS, or not at all.',
      );
}

const RELAY_HINTS = {
  turnUdp: 'Either UDP is blocked here, or the TURN server does not answer on its UDP port (3478).',
  turnTcp: 'Either this network blocks the port, or the TURN server does not listen on TCP.',
  turnTls:
    'Either this network blocks the port (5349 or 443), or the certificate of the TURN server is not good.',
} as const;

/** `rate` in bits a second, null where nothing came through, undefined where none is configured. */
export function relayFinding(probe: keyof typeof RELAY_HINTS, rate: number | null | undefined): Finding {
  if (rate === undefined) return finding('absent', 'not set up');
  return rate === null
    ? finding('fair', 'no way through', RELAY_HINTS[probe])
    : finding('good', rateText(rate));
}

export function rateFinding(rate: number | null): Finding {
  if (rate === null)
    return finding('bad', 'not measured', 'The server did not answer. Check again in a minute.');
  if (rate < VOICE) return finding('bad', rateText(rate), 'Too little even for a voice.');
  if (rate < SMALL) return finding('fair', rateText(rate), 'Enough for a voice, too little for a picture.');
  if (rate < LARGE) return finding('fair', rateText(rate), 'Enough for a small picture.');
  return finding('good', rateText(rate));
}

/** What follows from all of it. */
export function verdictOf(found: Findings, rates: readonly (number | null)[]): Finding {
  const { browser, https, socket, stun } = found;
  if (socket.level === 'bad')
    return finding('bad', 'Nothing works from here', 'The server cannot be reached by WebSocket.');
  const rate = Math.min(...rates.map((rate) => rate ?? 0));
  const isRelayed = [found.turnUdp, found.turnTcp, found.turnTls].some(({ level }) => level === 'good');
  if (browser.level === 'bad' || https.level === 'bad')
    return finding('bad', 'Chat works, calls do not', (browser.level === 'bad' ? browser : https).hint);
  if (stun.level !== 'good' && !isRelayed && stun.level !== 'absent')
    return finding('bad', 'Chat works, calls do not', 'There is no way for media out of this network.');
  if (rate < VOICE)
    return finding('bad', 'Chat works, calls do not', 'The connection is too slow for a voice.');
  if (rate < SMALL) return finding('fair', 'Voice calls work', 'The connection is too slow for a picture.');
  if (!isRelayed)
    return finding(
      'fair',
      'Video calls should work',
      'No TURN server relays from here, so that calls with some networks fail.',
    );
  return finding('good', 'Video calls work', rate < LARGE ? 'With a small picture.' : 'In good quality.');
}

/** All of it for whoever is asked for help. */
export function textOf(found: Findings, verdict: Finding, facts: Readonly<Record<string, string>>): string {
  const rows = [
    ['Result', verdict.word],
    ...Object.entries(facts),
    ...Object.entries(NAMES).map(([probe, name]) => [name, found[probe as Probe].word]),
  ] as [string, string][];
  return rows.map(([name, value]) => `${name.padEnd(22)} ${value}`).join('\n');
}

export function rateText(rate: number): string {
  if (rate < 1e6) return `${Math.round(rate / 1e3)} kb/s`;
  return `${rate < 1e7 ? (rate / 1e6).toFixed(1) : Math.round(rate / 1e6)} Mb/s`;
}
