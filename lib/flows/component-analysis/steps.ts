import type { FlowContext } from '../../runtime/flow-context.ts';
import type { Logger } from '../../runtime/logging.ts';
import type { RetryStrategy } from '../../runtime/retry-policies.ts';
import type { ComponentAnalysisInput } from './input.ts';
import type { ComponentAnalysisServices } from './services.ts';

/** Runs a task of the analysis and shows meanwhile to whoever has asked that it is at it. */
export type Step = <Result>(
  name: string,
  retry: RetryStrategy,
  work: (log: Logger) => Promise<Result>,
) => Promise<Result>;

export function createSteps(
  flowContext: FlowContext,
  input: ComponentAnalysisInput,
  { answers }: ComponentAnalysisServices,
): Step {
  const run = { id: flowContext.runId, input };
  return (name, retry, work) =>
    flowContext.task(name, retry, async ({ log }) => {
      // Inside the task: a replay shows nothing. Beside the work, which waits for it at its end: a write that
      // is still under way must not come after that of the report. It is tried once, and briefly.
      const progress = answers.progress(run, name, log);
      try {
        return await work(log);
      } finally {
        await progress;
      }
    });
}
