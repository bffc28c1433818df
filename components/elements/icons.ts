/**
 * Paths of one icon family: a 20 px grid, strokes of 1.75, round ends. Import the module as a namespace and draw with
 * `icon(icons.chat)`, then a bundle keeps only the paths it draws.
 */

export const chat =
  'M4.5 3.5h11a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H10l-4.2 3v-3H4.5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z';
export const close = 'm5 5 10 10M15 5 5 15';
export const chevronDown = 'm5 7.5 5 5 5-5';
export const chevronUp = 'm5 12.5 5-5 5 5';
export const send = 'M10 16V4M4.75 9.25 10 4l5.25 5.25';
export const phone =
  'M6.6 2.9 8.1 6.4a1 1 0 0 1-.25 1.1L6.5 8.8a10.6 10.6 0 0 0 4.7 4.7l1.3-1.35a1 1 0 0 1 1.1-.25l3.5 1.5v2.3a1.5 1.5 0 0 1-1.6 1.5A13.2 13.2 0 0 1 2.8 4.5 1.5 1.5 0 0 1 4.3 2.9z';
export const video =
  'M3.5 5h7.5a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H3.5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM13 9l3.9-2.6a1 1 0 0 1 1.6.8v5.6a1 1 0 0 1-1.6.8L13 11z';
export const check = 'm4 10.5 4 4 8-9';
export const doubleCheck = 'm1.5 10.5 3.75 4 7.25-9M9 13.5l1 1 8-9';
export const clock = 'M10 2.75a7.25 7.25 0 1 1 0 14.5 7.25 7.25 0 0 1 0-14.5zM10 6v4.25l2.75 1.75';
export const globe =
  'M10 2.75a7.25 7.25 0 1 1 0 14.5 7.25 7.25 0 0 1 0-14.5zM2.75 10h14.5M10 2.75c2.3 2.3 3 4.7 3 7.25s-.7 4.95-3 7.25M10 2.75c-2.3 2.3-3 4.7-3 7.25s.7 4.95 3 7.25';
export const pencil =
  'm3 17 .9-3.9L13.6 3.4a1.6 1.6 0 0 1 2.3 0l.7.7a1.6 1.6 0 0 1 0 2.3L6.9 16.1zM11.75 5.25l3 3';
export const arrowRight = 'M4 10h12M10.75 4.75 16 10l-5.25 5.25';
export const arrowDown = 'M10 4v12M4.75 10.75 10 16l5.25-5.25';
export const trash =
  'M3 5.25h14M8 2.75h4M5 5.25l.75 10.5a1.5 1.5 0 0 0 1.5 1.5h5.5a1.5 1.5 0 0 0 1.5-1.5L15 5.25M8.4 8.75v5M11.6 8.75v5';
export const alert = 'M10 2.75a7.25 7.25 0 1 1 0 14.5 7.25 7.25 0 0 1 0-14.5zM10 6.25v4.5M10 13.6v.05';
export const sharing =
  'M3.5 3.5h13A1.5 1.5 0 0 1 18 5v10a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 2 15V5a1.5 1.5 0 0 1 1.5-1.5zM2 7h16M8.5 9.25l5 1.9-2.2.9-.9 2.2z';
export const logOut =
  'M8 17H4.75a1.75 1.75 0 0 1-1.75-1.75V4.75A1.75 1.75 0 0 1 4.75 3H8M13 13.75 16.75 10 13 6.25M16.5 10H8';
