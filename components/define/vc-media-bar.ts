import { definePart } from '../elements/define-part.ts';
import { VcMediaBar } from '../elements/media-bar/vc-media-bar.ts';

definePart('vc-media-bar', VcMediaBar);
