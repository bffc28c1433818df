import { translator } from './index.ts';

/** What the visitor reads where the server does not let the widget in. */
export const t = translator({
  refusedTitle: 'This chat is not available',
  refusedText: 'It cannot be reached from this page. Please try another way to contact us.',
});
