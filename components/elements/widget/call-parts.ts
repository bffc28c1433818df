/** What the widget shows of a call, from the question on, as a chunk of its own: it comes with the first call. */
import '../parts/vc-call-area.ts';
import './vc-widget-mini.ts';
import './vc-widget-prompts.ts';

export { callWindowStyles as windowStyles } from './call-window-styles.ts';
