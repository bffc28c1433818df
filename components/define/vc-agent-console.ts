import { VcAgentConsole } from '../elements/agent-console/vc-agent-console.ts';
import { definePart } from '../elements/define-part.ts';

definePart('vc-agent-console', VcAgentConsole);
