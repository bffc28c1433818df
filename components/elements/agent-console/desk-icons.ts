/** Icons of the desk, in the family of `icons.ts`. */

export { callback, letter } from '../word-icons.ts';

export const star = 'm10 2.9 2.15 4.5 4.95.65-3.6 3.45.87 4.9L10 14l-4.37 2.4.87-4.9-3.6-3.45 4.95-.65z';
export const bell =
  'M10 2.75a5 5 0 0 1 5 5c0 4 1.75 5.5 1.75 5.5H3.25S5 11.75 5 7.75a5 5 0 0 1 5-5zM8.25 16.25a1.9 1.9 0 0 0 3.5 0';
export const bellOff =
  'M6.1 4.6A5 5 0 0 1 15 7.75c0 1.9.4 3.25.83 4.15M13.5 13.25H3.25S5 11.75 5 7.75M8.25 16.25a1.9 1.9 0 0 0 3.5 0M2.75 2.75l14.5 14.5';
export const pause = 'M7 4.75v10.5M13 4.75v10.5';
export const handOver = 'M3 7h12.5M12 3.5 15.5 7 12 10.5M17 13H4.5M8 9.5 4.5 13 8 16.5';
export const asleep = 'M3 4h5L3 10h5M10.5 8.5h3.5L10.5 13H14M14.5 13.5h2.75l-2.75 3.5h2.75';
export const chart = 'M3 17h14M5.5 14V9.5M10 14V4M14.5 14V7';
export const keyboard =
  'M3 5h14a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 17 15H3a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 3 5zM5 8.25h.05M8.3 8.25h.05M11.6 8.25h.05M14.95 8.25H15M6.5 11.75h7';
export const download = 'M10 3v10M5.75 9 10 13.25 14.25 9M3.5 16.75h13';
export const arrowLeft = 'M16 10H4M9.25 4.75 4 10l5.25 5.25';
export const arrowUp = 'M10 16V4M4.75 9.25 10 4l5.25 5.25';
