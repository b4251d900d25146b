import { errorFields } from '../../../runtime/logging.ts';
import { retries } from '../../../runtime/retry-policies.ts';
import type { EndedAgent } from '../../component-analysis/tasks/agent-parts.ts';
import type { AnalysedComponent } from '../../component-analysis/tasks/static-results.ts';
import type { EndedAsking, Refusal } from './attempt-end.ts';
import type { AskingFlow } from './asking.ts';
import type { AskServices } from './ask-services.ts';

interface AskedComponent {
  component: AnalysedComponent;
  ended: readonly EndedAsking[];
}

/**
 * Has an analysis made up for whose agents were refused for now, and says so. Then all are asked: those that were asked
 * already only after a pause, which somebody has ended, while a day that is used up could be so again tomorrow.
 */
export async function makeUpLater(
  flowContext: AskingFlow,
  { component, ended }: AskedComponent,
  services: AskServices,
): Promise<EndedAgent[]> {
  const refusals = ended.flatMap(({ refusal }) => refusal ?? []);
  const [refusal] = refusals;
  if (refusal === undefined) return ended.map(({ answer, end }) => ({ answer, end }));
  const wasPaused = refusals.some(({ limit }) => limit === 'paused');
  const wasAsked = ended.some(({ end }) => end.attempts > 0);
  const isDeferred =
    (wasPaused || !wasAsked) &&
    (await defer(flowContext, { component, refusals, reason: refusal.reason }, services));
  const promise = isDeferred
    ? 'This is made up for later, without another request.'
    : 'This is not made up for: ask again.';
  return ended.map(({ answer, end, refusal: own }) => ({
    answer,
    end: own === null ? end : { ...end, problem: `${end.problem ?? own.reason} ${promise}` },
  }));
}

/** @returns false where that could not be kept: nobody is to wait for it */
async function defer(
  flowContext: AskingFlow,
  {
    component: { input, runId },
    reason,
    refusals,
  }: { component: AnalysedComponent; reason: string; refusals: readonly Refusal[] },
  { deferred, now }: AskServices,
): Promise<boolean> {
  try {
    await flowContext.task('have the agents asked later', retries.few, () =>
      deferred.defer({ input, runId, reason, notBefore: latestOf(refusals, now()) }),
    );
    return true;
  } catch (error) {
    flowContext.log.warn('The agents cannot be asked later', errorFields(error));
    return false;
  }
}

/** When all of them may be asked. A pause ends when somebody ends it, so that it says nothing. */
function latestOf(refusals: readonly Refusal[], now: number): string {
  const times = refusals.flatMap(({ retryAt }) => (retryAt === null ? [] : Date.parse(retryAt)));
  return new Date(Math.max(now, ...times)).toISOString();
}
