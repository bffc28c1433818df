import { MAX_URL } from '../../core/protocol/limits.ts';
import type { Abilities, Device, Page } from '../../core/protocol/schemas.ts';

/** The page the visitor is on. */
export const currentPage = (): Page => ({
  url: location.href.slice(0, MAX_URL),
  title: document.title.slice(0, 300),
  referrer: document.referrer.slice(0, MAX_URL),
});

/** IANA name of the time zone here. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';

/** What this browser can do at all; permissions are asked when they are needed. */
export const abilitiesHere = (): Abilities => {
  const calls = typeof RTCPeerConnection !== 'undefined' && !!navigator.mediaDevices?.getUserMedia;
  return { voice: calls, video: calls };
};

const BROWSERS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Edge', /\bEdgA?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+).*Safari/],
];
const SYSTEMS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['iOS', /iPhone|iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

/** Names the browser and system for a person to read; nothing is decided by them. */
export function deviceFrom(userAgent: string): Device {
  let browser = '';
  for (const [name, mark] of BROWSERS) {
    const found = mark.exec(userAgent);
    if (!found) continue;
    browser = `${name} ${found[1]}`;
    break;
  }
  const system = SYSTEMS.find(([, mark]) => mark.test(userAgent))?.[0] ?? '';
  return { browser, system, mobile: /Mobi|Android|iPhone|iPad/.test(userAgent) };
}
