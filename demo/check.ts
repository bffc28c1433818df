import { downloadRate, readIce, socketDelay, uploadRate } from './check-http.ts';
import { reaches, relayedRate } from './check-relay.ts';
import {
  browserFinding,
  type Finding,
  type Findings,
  httpsFinding,
  NAMES,
  type Probe,
  rateFinding,
  relayFinding,
  socketFinding,
  stunFinding,
  textOf,
  verdictOf,
  WAITING,
  WORDS,
} from './check-words.ts';

/** The page that checks whether calls work from where it is opened: everything by real connections, one after the other. */

const find = <T extends Element>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`Cannot check: the page has no ${selector}`);
  return found;
};
const isTurnByTls = (url: string): boolean => url.startsWith('turns:');
const isTurnByTcp = (url: string): boolean => url.startsWith('turn:') && url.includes('transport=tcp');
const isTurnByUdp = (url: string): boolean => url.startsWith('turn:') && !isTurnByTcp(url);
const isStun = (url: string): boolean => /^stuns?:/.test(url);

const urlsOf = ({ urls }: RTCIceServer): string[] => [urls].flat();

const again = find<HTMLButtonElement>('#again');
const copy = find<HTMLButtonElement>('#copy');
const verdict = find<HTMLElement>('.verdict');
const rows = new Map(Object.keys(NAMES).map((probe) => [probe, makeRow(probe as Probe)]));

again.addEventListener('click', () => void check());
copy.addEventListener('click', () => void copyText());
await check();

async function check(): Promise<void> {
  again.disabled = true;
  copy.disabled = true;
  find('#copied').textContent = '';
  find('#text').textContent = '';
  for (const row of rows.values()) show(row, WAITING);
  showVerdict({ ...WAITING, hint: WORDS.patience });
  const found: Partial<Record<Probe, Finding>> = {};
  const note = (probe: Probe, finding: Finding) => {
    found[probe] = finding;
    const row = rows.get(probe);
    if (row) show(row, finding);
  };

  const isAble = typeof RTCPeerConnection !== 'undefined';
  note('browser', browserFinding(isAble));
  note('https', httpsFinding(isSecureContext));
  note('socket', socketFinding(await socketDelay()));
  const rates = [await downloadRate(), await uploadRate()];
  note('download', rateFinding(rates[0] ?? null));
  note('upload', rateFinding(rates[1] ?? null));
  const { ice } = await readIce().catch(() => ({ ice: [] }));
  const stun = addresses(ice, isStun);
  note('stun', stunFinding(isAble && stun.length > 0 ? await reaches(stun) : null));
  for (const [probe, fits] of [
    ['turnUdp', isTurnByUdp],
    ['turnTcp', isTurnByTcp],
    ['turnTls', isTurnByTls],
  ] as const)
    note(probe, relayFinding(probe, isAble ? await bestRate(ice, fits) : undefined));

  const all = found as Findings;
  const result = verdictOf(all, rates);
  showVerdict(result);
  find('#text').textContent = textOf(all, result, {
    Server: location.origin,
    Time: new Date().toISOString(),
    Browser: navigator.userAgent,
  });
  again.disabled = false;
  copy.disabled = false;
}

/** Where to ask what address we come from: TURN servers tell that, too. */
function addresses(ice: readonly RTCIceServer[], fits: (url: string) => boolean): string[] {
  const own = ice.flatMap(urlsOf);
  const stun = own.filter(fits);
  return stun.length > 0
    ? stun
    : own.filter(isTurnByUdp).map((url) => url.replace(/^turn:/, 'stun:').replace(/\?.*/, ''));
}

/** Undefined: no server has such an address. */
async function bestRate(
  ice: readonly RTCIceServer[],
  fits: (url: string) => boolean,
): Promise<number | null | undefined> {
  let best: number | null | undefined;
  for (const server of ice) {
    const urls = urlsOf(server).filter(fits);
    if (urls.length === 0) continue;
    const rate = await relayedRate({ ...server, urls }).catch(() => null);
    best = rate === null ? (best ?? null) : Math.max(rate, best ?? 0);
  }
  return best;
}

function makeRow(probe: Probe): HTMLElement {
  const row = document.createElement('li');
  const name = document.createElement('b');
  name.textContent = NAMES[probe];
  const word = document.createElement('span');
  word.className = 'word';
  const hint = document.createElement('p');
  hint.className = 'hint';
  row.append(find('.mark').cloneNode(true), name, word, hint);
  find('#results').append(row);
  return row;
}

function show(row: HTMLElement, { level, word, hint }: Finding): void {
  row.dataset.level = level;
  row.querySelector('use')?.setAttribute('href', `#${level}`);
  for (const [part, text] of [
    ['.word', word],
    ['.hint', hint],
  ] as const) {
    const element = row.querySelector(part);
    if (element) element.textContent = text;
  }
}

function showVerdict({ level, word, hint }: Finding): void {
  verdict.dataset.level = level;
  verdict.querySelector('use')?.setAttribute('href', `#${level}`);
  find('#verdict').textContent = word;
  find('#advice').textContent = hint;
}

async function copyText(): Promise<void> {
  const text = find('#text').textContent ?? '';
  try {
    await navigator.clipboard.writeText(text);
    find('#copied').textContent = WORDS.copied;
  } catch {
    find<HTMLDetailsElement>('details').open = true;
    find('#copied').textContent = WORDS.notCopied;
  }
}
