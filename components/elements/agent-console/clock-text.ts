/** Clocks that do not change their width while they run. Negative lengths count as none. */

const SECOND = 1_000;
const pad = (value: number): string => String(value).padStart(2, '0');
const whole = (length: number): number => Math.max(0, Math.floor(length / SECOND));

/** A length of `length` milliseconds as `mm:ss`; minutes go on past 59. */
export const minutesText = (length: number): string => {
  const seconds = whole(length);
  return `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
};

/** A length of `length` milliseconds as `hh:mm:ss`. */
export const hoursText = (length: number): string => {
  const seconds = whole(length);
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
};
