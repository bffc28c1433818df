/** Icons of the same family as `icons.ts`, of contacts that begin with word left for later. */

export const callback =
  'M6.6 3.9 8 7.1a1 1 0 0 1-.25 1.1L6.5 9.4a9.6 9.6 0 0 0 4.1 4.1l1.2-1.25a1 1 0 0 1 1.1-.25l3.2 1.4v2.1a1.4 1.4 0 0 1-1.5 1.4A12 12 0 0 1 3.1 5.4a1.4 1.4 0 0 1 1.4-1.5zM16.5 3.5 12 8M12 4.5V8h3.5';
export const letter =
  'M3.5 4.5h13A1.5 1.5 0 0 1 18 6v8a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 2 14V6a1.5 1.5 0 0 1 1.5-1.5zM2.5 6l7.5 5 7.5-5';
