import { categoryNames } from '../../../domain/category-names.ts';
import type { Category } from '../../../domain/finding.ts';
import type { FlowContext } from '../../../runtime/flow-context.ts';
import { stableId } from '../../../runtime/stable-id.ts';
import type { AnalysisInput } from '../../component-analysis/input.ts';
import type { AnalysedComponent } from '../../component-analysis/tasks/static-results.ts';
import { agentRunId } from './agent-run-id.ts';
import type { ChosenAgent } from './choose-agent.ts';
import type { FirstAttempt } from './earlier-attempts.ts';
import type { Stages } from './stages.ts';

/** What a branch is written with. */
export type AskingFlow = Pick<FlowContext, 'log' | 'task' | 'waitForCondition'>;

/** One analysis of a component that an agent is asked for. */
export interface Asking {
  /** With all that linters and parsers have found in it. */
  component: AnalysedComponent;
  analysis: Category;
  agent: ChosenAgent;
  /** What budgets count attempts by. */
  cause: string;
  /** How far the agents of the component are. */
  stages: Stages;
}

/** One agent run that is asked for. */
export interface Attempt extends Asking, FirstAttempt {
  /** Of the agent run. */
  id: string;
}

/** The same agent run whenever the same attempt is made, in whichever process and run of a chain. */
export function attemptOf(
  asking: Asking,
  { stack, ...attempt }: FirstAttempt & { stack: string },
): Attempt {
  const { agent, analysis } = asking;
  const id = agentRunId({ ...attempt, analysis, rootRunId: agent.rootRunId, stack });
  return { ...asking, ...attempt, id };
}

/** What an operation of an attempt is called in the history of the run. */
export function operationName({ analysis, number }: Attempt, operation: string): string {
  const again = ['', ' again', ' once more'][number - 1] ?? '';
  return `${categoryNames[analysis]}: ${operation}${again}`;
}

/** Whoever asks once more in the same place is the same cause; a person at a terminal is a new one. */
export function causeOf(
  {
    agent: { rootRunId },
    component: { input },
  }: { agent: Pick<ChosenAgent, 'rootRunId'>; component: Pick<AnalysedComponent, 'input'> },
  analysis: Category,
): string {
  const { component, origin, repository } = input;
  const asked = origin === undefined ? ['run', rootRunId] : [origin.kind, idOf(origin)];
  return stableId('cause', ...asked, repository, component, analysis);
}

function idOf(origin: NonNullable<AnalysisInput['origin']>): string {
  return origin.kind === 'push' ? origin.commit : origin.id;
}

/** For the lines of the log. */
export function logFields(attempt: Attempt): { analysis: Category; agentRunId: string } {
  return { analysis: attempt.analysis, agentRunId: attempt.id };
}
