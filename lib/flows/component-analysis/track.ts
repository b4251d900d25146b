import type { FlowContext } from '../../runtime/flow-context.ts';
import { errorFields } from '../../runtime/logging.ts';
import { retries } from '../../runtime/retry-policies.ts';
import { askingIssue } from './input.ts';
import type { Analysis } from './services.ts';

/** Whoever writes the table for others as well does so within this many looks. */
const mostLooks = 5;

/** Keeps that an analysis has failed, where somebody outside looks at how analyses end. */
export async function noteFailure(
  flowContext: FlowContext,
  { input, services }: Analysis,
): Promise<void> {
  const { hasTrackingIssue, now, tracking } = services;
  if (!hasTrackingIssue || input.kind === 'unknown-component') return;
  const { component, repository, source } = input;
  try {
    await flowContext.task('note the failure', retries.few, () =>
      tracking.noteResult({
        repository,
        component,
        source,
        state: 'failed',
        runId: flowContext.runId,
        endedAt: new Date(now()).toISOString(),
        findings: null,
        issue: askingIssue(input),
      }),
    );
  } catch (error) {
    flowContext.log.warn('The failure could not be noted', errorFields(error));
  }
}

/** Brings the table of all components up to date. Waits where another run has just written it. */
export async function updateTrackingIssue(
  flowContext: FlowContext,
  { input, services }: Analysis,
): Promise<void> {
  const { allowances, hasTrackingIssue, tracking } = services;
  if (!hasTrackingIssue || input.kind === 'unknown-component') return;
  try {
    for (let look = 0; look < mostLooks; look += 1) {
      const outcome = await flowContext.task(
        'update the tracking issue',
        retries.few,
        ({ log }) => {
          const { runId } = flowContext;
          const call = { urgency: 'upkeep', allowance: allowances.of(runId) } as const;
          return tracking.update({ runId, call }, log, input);
        },
      );
      if (typeof outcome === 'string') return;
      await flowContext.wait('wait for the tracking issue', { seconds: outcome.again });
    }
  } catch (error) {
    flowContext.log.warn('The tracking issue could not be updated', errorFields(error));
  }
}
