/** Icons of the same family as `icons.ts` that come with the first file. */

export const attach =
  'm16.5 9.2-6.6 6.6a4.2 4.2 0 0 1-6-6l6.9-6.9a2.8 2.8 0 0 1 4 4l-6.9 6.9a1.4 1.4 0 0 1-2-2l6.2-6.2';
export const document =
  'M11.5 2.5H6A1.5 1.5 0 0 0 4.5 4v12A1.5 1.5 0 0 0 6 17.5h8a1.5 1.5 0 0 0 1.5-1.5V6.5zM11.5 2.5v4h4M7.5 10.5h5M7.5 13.5h5';
