import { translator } from './index.ts';

/** What is wrong with a device, what goes on without it, and how to get it back, browser by browser. */
export const t = translator({
  microphone: 'microphone',
  camera: 'camera',
  Microphone: 'Microphone',
  Camera: 'Camera',

  denied: 'Your {device} is blocked.',
  missing: 'No {device} was found.',
  busy: 'Another program is using the {device}.',
  insecure: 'The {device} needs a secure page.',
  unsupported: 'This browser cannot use a {device}.',
  missingHint: 'Plug one in, then try again.',
  busyHint: 'Close it, then try again.',
  insecureHint: 'Open this page with https://.',
  unsupportedHint: 'Try a current Chrome, Edge, Firefox or Safari.',

  withoutMicrophone: 'You hear the other side, and you can write.',
  withoutCamera: 'The call goes on by voice.',

  screenDenied: 'The screen is not shared.',
  screenMissing: 'There was nothing to share.',
  screenBusy: 'The screen cannot be captured now. Try again, or share another window.',
  screenInsecure: 'Sharing needs a secure page. Open this one with https://.',
  screenUnsupported: 'This browser cannot share a screen.',

  gone: 'Your {device} is gone.',
  goneNow: 'Your {device} is gone, using {now}.',
  speaker: 'speaker',
  anotherOne: 'another one',
  dismiss: 'Dismiss',

  howTo: 'How to allow it',
  tryAgain: 'Try again',
  goOnInChat: 'Go on in the chat',

  addressIcon: 'Click the icon at the left of the address bar.',
  addressLock: 'Click the lock at the left of the address bar, then “Permissions for this site”.',
  switchOn: 'Switch “{Device}” on, or set it to “Allow”.',
  firefoxIcon: 'Click the crossed-out {device} at the left of the address bar.',
  firefoxForget: 'Click the ✕ beside “Blocked”.',
  firefoxAgain: 'Click “Try again” here, and “Allow” when Firefox asks.',
  safariMenu: 'In the menu bar choose Safari, then “Settings for This Website…”.',
  safariAllow: 'Set “{Device}” to “Allow”.',
  iosPageMenu: 'Tap the page menu at the side of the address bar.',
  iosWebsite: 'Tap “…” where it is shown, then “Website Settings”, and set “{Device}” to “Allow”.',
  iosApp:
    'Is it not there? In the Settings app, under Apps, choose Safari, then “{Device}”: “Ask” or “Allow”.',
  iosOtherApp: 'Open the Settings app, and there {browser}.',
  iosOtherSwitch: 'Switch “{Device}” on, then come back to this page.',
  tapIcon: 'Tap the icon at the left of the address bar.',
  tapPermissions: 'Tap “Permissions”, and switch “{Device}” on.',
  tapFirefox: 'Tap “Blocked” beside “{Device}”, so that it says “Allowed”.',
  thenAgain: 'Click “Try again” here.',
  thenTapAgain: 'Tap “Try again” here.',
  reload: 'Does it stay blocked? Load this page anew.',

  macos: 'On a Mac, {browser} itself must be allowed: System Settings, Privacy & Security, “{Device}”.',
  windows: 'Windows itself must allow it: Settings, Privacy & security, “{Device}”.',
  android: 'Android itself must allow it: Settings, Apps, {browser}, Permissions.',

  browserMenu: 'Open what your browser knows of this site: often an icon in the address bar.',
  yourBrowser: 'your browser',
});
