import type { Measures, Probe } from '../../check/connection-check.ts';
import { t } from '../strings/connection-check.ts';

/** `absent`: it is not set up, or nothing depends on it. */
export type Level = 'good' | 'fair' | 'bad' | 'absent' | 'waiting';

/** What a measure means. */
export interface Finding {
  readonly level: Level;
  readonly word: string;
  /** What to do about it; empty: nothing. */
  readonly hint: string;
}
export type Findings = Readonly<Record<Probe, Finding>>;

/** In the order in which they are told. */
export const PROBES: readonly Probe[] = [
  'browser',
  'https',
  'socket',
  'stun',
  'turnUdp',
  'turnTcp',
  'turnTls',
  'download',
  'upload',
];

/** Of a voice, of a small picture beside it, and of a good one, in bits a second. */
const VOICE = 64_000;
const SMALL = 300_000;
const LARGE = 1_000_000;

const finding = (level: Level, word: string, hint = ''): Finding => ({ level, word, hint });

export const WAITING = finding('waiting', t('checking'));

const relay =
  (hint: 'noWayTurnUdp' | 'noWayTurnTcp' | 'noWayTurnTls') =>
  (rate: number | null | undefined): Finding => {
    if (rate === undefined) return finding('absent', t('notSetUp'));
    return rate === null ? finding('fair', t('noWay'), t(hint)) : finding('good', rateText(rate));
  };

/** What each measure means, in words. */
export const FINDINGS: { readonly [P in Probe]: (measure: Measures[P]) => Finding } = {
  browser: (able) =>
    able ? finding('good', t('possible')) : finding('bad', t('notPossible'), t('noWebRtc')),
  https: (secure) =>
    secure ? finding('good', t('secure')) : finding('bad', t('notSecure'), t('needsHttps')),
  socket: (delay) =>
    delay === null
      ? finding('bad', t('blocked'), t('noSocket'))
      : finding('good', t('milliseconds', { count: Math.round(delay) })),
  stun(reached) {
    if (reached === null) return finding('absent', t('notSetUp'), t('noStun'));
    return reached ? finding('good', t('open')) : finding('fair', t('blocked'), t('noUdp'));
  },
  turnUdp: relay('noWayTurnUdp'),
  turnTcp: relay('noWayTurnTcp'),
  turnTls: relay('noWayTurnTls'),
  download: rateFinding,
  upload: rateFinding,
};

function rateFinding(rate: number | null): Finding {
  if (rate === null) return finding('bad', t('notMeasured'), t('noAnswer'));
  if (rate < VOICE) return finding('bad', rateText(rate), t('tooLittle'));
  if (rate < SMALL) return finding('fair', rateText(rate), t('voiceAlone'));
  if (rate < LARGE) return finding('fair', rateText(rate), t('smallPicture'));
  return finding('good', rateText(rate));
}

/** What follows from all of it. */
export function verdictOf(measures: Measures): Finding {
  const { socket, stun, turnUdp, turnTcp, turnTls, download, upload } = measures;
  if (socket === null) return finding('bad', t('nothingWorks'), t('noServer'));
  if (!measures.browser) return finding('bad', t('chatWorks'), t('noWebRtc'));
  if (!measures.https) return finding('bad', t('chatWorks'), t('needsHttps'));
  const isRelayed = [turnUdp, turnTcp, turnTls].some((rate) => typeof rate === 'number');
  if (stun === false && !isRelayed) return finding('bad', t('chatWorks'), t('noMedia'));
  const rate = Math.min(download ?? 0, upload ?? 0);
  if (rate < VOICE) return finding('bad', t('chatWorks'), t('tooSlow'));
  if (rate < SMALL) return finding('fair', t('voiceWorks'), t('tooSlowPicture'));
  if (!isRelayed) return finding('fair', t('shouldWork'), t('noRelay'));
  return finding('good', t('videoWorks'), t(rate < LARGE ? 'small' : 'good'));
}

/** All of it for whoever is asked for help. */
export function textOf(findings: Findings, verdict: Finding, facts: [name: string, value: string][]): string {
  const rows: [string, string][] = [
    [t('result'), verdict.word],
    ...facts,
    ...PROBES.map((probe): [string, string] => [t(probe), findings[probe].word]),
  ];
  return rows.map(([name, value]) => `${name.padEnd(22)} ${value}`).join('\n');
}

export function rateText(rate: number): string {
  if (rate < 1e6) return t('kilobits', { count: Math.round(rate / 1e3) });
  return t('megabits', { count: rate < 1e7 ? (rate / 1e6).toFixed(1) : Math.round(rate / 1e6) });
}
