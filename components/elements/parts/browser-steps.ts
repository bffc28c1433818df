import { t } from '../strings/device-help.ts';

/** Browsers by how a permission is changed in them. */
export type BrowserFamily =
  | 'chrome'
  | 'edge'
  | 'firefox'
  | 'safari'
  | 'ios-safari'
  | 'ios-other'
  | 'android-chrome'
  | 'android-firefox'
  | 'other';

export interface OwnBrowser {
  readonly family: BrowserFamily;
  /** As people call it; empty where it is not known. */
  readonly name: string;
  readonly system: 'macos' | 'windows' | 'android' | null;
}

const NAMES: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Edge', /\bEdg(A|iOS)?\//],
  ['Opera', /\bOP(R|T)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
];

/**
 * Which browser this is, for telling people what to click; nothing else is decided by it.
 * @param touchPoints `navigator.maxTouchPoints`: an iPad says that it is a Mac, and no Mac has a touch screen
 */
export function browserOf(userAgent: string, touchPoints: number): OwnBrowser {
  const is = (mark: RegExp) => mark.test(userAgent);
  const name = NAMES.find(([, mark]) => is(mark))?.[0] ?? '';
  if (is(/iPhone|iPad/) || (is(/Macintosh/) && touchPoints > 1))
    return { family: name === 'Safari' ? 'ios-safari' : 'ios-other', name, system: null };
  if (is(/Android/))
    return { family: name === 'Firefox' ? 'android-firefox' : 'android-chrome', name, system: 'android' };
  const system = is(/Macintosh/) ? 'macos' : is(/Windows/) ? 'windows' : null;
  const families: Readonly<Record<string, BrowserFamily>> = {
    Edge: 'edge',
    Firefox: 'firefox',
    Safari: 'safari',
    '': 'other',
  };
  return { family: families[name] ?? 'chrome', name, system };
}

/** What to click to allow a device after it was blocked, one after the other. */
export function stepsFor(device: 'microphone' | 'camera', { family, name, system }: OwnBrowser): string[] {
  const variables = {
    device: t(device),
    Device: t(device === 'camera' ? 'Camera' : 'Microphone'),
    browser: name || t('yourBrowser'),
  };
  const allow = t('switchOn', variables);
  const own: Record<BrowserFamily, string[]> = {
    chrome: [t('addressIcon'), allow, t('thenAgain')],
    edge: [t('addressLock'), allow, t('thenAgain')],
    firefox: [t('firefoxIcon', variables), t('firefoxForget'), t('firefoxAgain')],
    safari: [t('safariMenu'), t('safariAllow', variables), t('thenAgain')],
    'ios-safari': [t('iosPageMenu'), t('iosWebsite', variables), t('thenTapAgain'), t('iosApp', variables)],
    'ios-other': [t('iosOtherApp', variables), t('iosOtherSwitch', variables), t('thenTapAgain')],
    'android-chrome': [t('tapIcon'), t('tapPermissions', variables), t('thenTapAgain')],
    'android-firefox': [t('tapIcon'), t('tapFirefox', variables), t('thenTapAgain')],
    other: [t('browserMenu'), allow, t('thenAgain')],
  };
  return [...own[family], t('reload'), ...(system ? [t(system, variables)] : [])];
}
