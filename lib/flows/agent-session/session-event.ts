import type { FlowContext } from '../../runtime/flow-context.ts';
import type { AgentSessionInput } from './input.ts';
import type { AgentSessionServices } from './services.ts';

/** Something that has happened in a session, and what it is answered with. */
export interface SessionEvent {
  flowContext: FlowContext;
  input: AgentSessionInput;
  services: AgentSessionServices;
}
