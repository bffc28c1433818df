import { definePart } from '../elements/define-part.ts';
import { VcWidget } from '../elements/widget/vc-widget.ts';

definePart('vc-widget', VcWidget);
