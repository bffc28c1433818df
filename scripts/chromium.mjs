import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** For every automated run: no sandbox (containers), no background traffic. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pages of the browser's own window, which nobody sees here: they cost as much as all else at a start.
  '--disable-features=InitialWebUI,WebUIReloadButton,WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup',
];

/** A synthetic camera and microphone, every permission granted. */
export const FAKE_MEDIA_FLAGS = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/**
 * @param {string} name of an executable
 * @returns {string | undefined} where the PATH has it
 */
export function findExecutable(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** @returns {string | undefined} the browser named by CHROMIUM, else the first one installed in a usual place */
export function findChromium() {
  const installed = () => NAMES.map(findExecutable).find(Boolean) ?? (existsSync(MAC) ? MAC : undefined);
  return process.env.CHROMIUM ?? installed();
}
