import { categoryNames } from '../../../domain/category-names.ts';
import type { Category } from '../../../domain/finding.ts';
import type { FlowContext } from '../../../runtime/flow-context.ts';
import { stableId } from '../../../runtime/stable-id.ts';
import type { AnalysedComponent } from '../../component-analysis/tasks/static-results.ts';
import type { RunRequest } from '../../component-analysis/tasks/work.ts';
import type { ChosenAgent } from './choose-agent.ts';
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
export interface Attempt extends Asking {
  /** Of the agent run. */
  id: string;
  /** From 1. */
  number: number;
  /** What is known of the attempt before; null in the first. */
  before: { problem: string } | null;
}

/** The same agent run whenever the same attempt is made, in whichever process. */
export function attemptOf(
  asking: Asking,
  { before, number, stack }: Pick<Attempt, 'before' | 'number'> & { stack: string },
): Attempt {
  const { analysis, component } = asking;
  const id = stableId('agent run', stack, component.runId, analysis, String(number));
  return { ...asking, id, number, before };
}

/** What an operation of an attempt is called in the history of the run. */
export function operationName({ analysis, number }: Attempt, operation: string): string {
  return `${categoryNames[analysis]}: ${operation}${number > 1 ? ' again' : ''}`;
}

/** Whoever asks once more in the same place is the same cause; a person at a terminal is a new one. */
export function causeOf({ input, runId }: RunRequest, analysis: Category): string {
  const { component, origin, repository } = input;
  const asked = origin === undefined ? ['run', runId] : [origin.kind, idOf(origin)];
  return stableId('cause', ...asked, repository, component, analysis);
}

function idOf(origin: NonNullable<RunRequest['input']['origin']>): string {
  return origin.kind === 'push' ? origin.commit : origin.id;
}

/** For the lines of the log. */
export function logFields(attempt: Attempt): { analysis: Category; agentRunId: string } {
  return { analysis: attempt.analysis, agentRunId: attempt.id };
}
