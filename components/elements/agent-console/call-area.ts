/** What a panel shows of a call, as a chunk of its own: it comes with the first call. */
import '../parts/vc-call-area.ts';
