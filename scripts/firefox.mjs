import { existsSync } from 'node:fs';
import process from 'node:process';
import { findExecutable } from './chromium.mjs';
import { silentLoudspeaker } from './sound.mjs';

const NAMES = ['firefox-esr', 'firefox'];
const MAC = '/Applications/Firefox.app/Contents/MacOS/firefox';

/** A synthetic camera and microphone, every permission granted, calls within one computer. */
export const FAKE_MEDIA_PREFS = {
  'media.navigator.streams.fake': true,
  'media.navigator.audio.fake_frequency': 440,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.loopback': true,
};

/** @returns {string | undefined} the browser named by FIREFOX, else the first one installed in a usual place */
export function findFirefox() {
  const installed = () => NAMES.map(findExecutable).find(Boolean) ?? (existsSync(MAC) ? MAC : undefined);
  return process.env.FIREFOX ?? installed();
}

/** What makes Playwright start the Firefox that is installed, and not a build of its own. It has a loudspeaker. */
export const firefoxLaunch = () => ({
  channel: 'moz-firefox',
  executablePath: findFirefox() ?? 'firefox',
  headless: true,
  firefoxUserPrefs: FAKE_MEDIA_PREFS,
  env: { ...process.env, ...silentLoudspeaker() },
});

/** A command of WebDriver BiDi that the extended support release does not know, and no test here needs. */
const UNKNOWN = 'emulation.setMediaFeaturesOverride';
let taught = false;

/**
 * Lets Playwright open contexts in an older Firefox: for each it sets a colour scheme, and gives up when the browser
 * does not know how. Holds for every Firefox of this process from then on.
 * @template {object} T
 * @param {T} browser of Playwright, launched in this process
 * @returns {T}
 */
export function withoutColourSchemes(browser) {
  if (taught) return browser;
  taught = true;
  const { _connection: connection } = /** @type {any} */ (browser);
  const sessions = Object.getPrototypeOf(connection.toImpl(browser)._browserSession);
  const { send } = sessions;
  sessions.send = function (/** @type {string} */ method, /** @type {object} */ params) {
    return method === UNKNOWN ? Promise.resolve({}) : send.call(this, method, params);
  };
  return browser;
}
