import type { BudgetDecision } from '../../../domain/agents/budget/budget-decision.ts';
import type { TaskContext } from '../../../runtime/flow-context.ts';
import { errorFields } from '../../../runtime/logging.ts';
import { logFields, operationName, type AskingFlow, type Attempt } from './asking.ts';
import type { AskServices } from './ask-services.ts';

/**
 * `late`: there was no room as long as somebody waited for the report. `known`: nothing new may be started, but the
 * agent run was asked for already, and may be at work.
 */
export type BudgetAnswer =
  | BudgetDecision
  | { kind: 'known' }
  | { kind: 'unreadable' }
  | { kind: 'late'; reason: string };

/** Waits, without costing anything, until an agent run may be started, or may not be for long. Never throws. */
export async function awaitBudget(
  flowContext: AskingFlow,
  attempt: Attempt,
  services: AskServices,
): Promise<BudgetAnswer | null> {
  return flowContext.waitForCondition<BudgetAnswer | null>(
    operationName(attempt, 'wait for the budget'),
    {
      initialState: null,
      waitStrategy: (answer, looks) =>
        answer?.kind === 'wait' || answer?.kind === 'unreadable'
          ? { shouldContinue: true, delay: { seconds: services.pauses.budget(looks) } }
          : { shouldContinue: false },
    },
    async (before, task) => {
      const answer = await look(attempt, services, task);
      tellOf(before, answer, { attempt, task });
      await services.progress.show(attempt, task.log);
      return answer;
    },
  );
}

/** An error would end the wait. */
async function look(
  attempt: Attempt,
  { agentRuns, budget, now }: AskServices,
  { log }: TaskContext,
): Promise<BudgetAnswer> {
  const { agent, analysis, cause, component, id } = attempt;
  const isLate = now() >= Date.parse(agent.latestStart);
  try {
    const start = { id, repository: component.input.repository, cause };
    const answer = isLate ? late : await budget.take(start);
    if (answer.kind !== 'late' && answer.kind !== 'refused') return answer;
    if ((await agentRuns.get(id)) !== undefined) return { kind: 'known' };
    // Cut off after it was granted a place, and paused since: it has not started with it.
    await budget.release(id);
    return answer;
  } catch (error) {
    log.warn('The budget of agents cannot be read', { analysis, ...errorFields(error) });
    return isLate ? late : { kind: 'unreadable' };
  }
}

const late = {
  kind: 'late',
  reason:
    'No agent run could be started within 6 hours. Raise agents.budget, or look for agent runs that hang: ' +
    '`cicd agents ls`.',
} as const;

/** Not at each look: one that waits looks often. */
function tellOf(
  before: BudgetAnswer | null,
  answer: BudgetAnswer,
  { attempt, task: { log } }: { attempt: Attempt; task: TaskContext },
): void {
  if (before?.kind === answer.kind || !('reason' in answer)) return;
  const message = answer.kind === 'wait' ? 'Agent waits for the budget' : 'Agent is not asked';
  log.info(message, { ...logFields(attempt), why: answer.reason });
}
