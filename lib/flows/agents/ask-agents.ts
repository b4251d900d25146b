import type { FlowContext } from '../../runtime/flow-context.ts';
import type { EndedAgent } from '../component-analysis/tasks/agent-parts.ts';
import type { AnalysisTasks } from '../component-analysis/tasks/analysis-tasks.ts';
import type { AnalysedComponent } from '../component-analysis/tasks/static-results.ts';
import type { AgentServices } from './agent-services.ts';

/** What agents are asked about: a component, and all that linters and parsers have found in it. */
export type AskRequest = AnalysedComponent;

export interface AskServices extends AgentServices {
  tasks: Pick<AnalysisTasks, 'readAgentAnswer' | 'writePrompt'>;
}

/** Asks an agent for each analysis, side by side. Empty where there is none to be asked. */
export async function askAgents(
  _flowContext: FlowContext,
  _request: AskRequest,
  _services: AskServices,
): Promise<EndedAgent[]> {
  return [];
}
