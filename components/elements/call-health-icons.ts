/** Icons of the same family as `icons.ts` that only a connected call shows. */

export const shield = 'M10 2.5 16 5v4.5c0 3.75-2.5 6.5-6 8-3.5-1.5-6-4.25-6-8V5zM7.25 10l2 2 3.5-3.75';
/** Bars of a signal, from the weakest to the strongest. */
export const signal = ['M4 13v3', 'M10 9v7', 'M16 4.5V16'] as const;
