/** What leaves and shows word for later, as a chunk of its own: most visitors are answered. */
import './vc-business-hours.ts';
import './vc-callback-form.ts';
import './vc-lead-form.ts';
import './vc-left-word.ts';
