import { html } from '@open-wc/testing';
import type { VcTranscript } from '../../../components/elements/parts/vc-transcript.ts';
import '../../../components/elements/parts/vc-transcript.ts';
import { inContact } from './contact-fixture.ts';

/** A conversation in a room of its own, so low that it has to scroll. */
export const inTranscript = async (options = {}) => {
  const made = await inContact<VcTranscript>(html`<vc-transcript></vc-transcript>`, options);
  made.element.style.height = '300px';
  return made;
};
