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
 * Has an analysis made up for whose agents were refused for now, and says so. Only where none was asked: to ask all
 * again for the sake of one that is missing would never end where a day's budget is smaller than an analysis.
 */
export async function makeUpLater(
  flowContext: AskingFlow,
  { component, ended }: AskedComponent,
  services: AskServices,
): Promise<EndedAgent[]> {
  const refusals = ended.flatMap(({ refusal }) => refusal ?? []);
  const [refusal] = refusals;
  const wasAsked = ended.some(({ end }) => end.attempts > 0);
  const isDeferred =
    refusal !== undefined &&
    !wasAsked &&
    (await defer(flowContext, { component, refusals, reason: refusal.reason }, services));
  return ended.map(({ answer, end, refusal: own }) =>
    isDeferred && own !== null
      ? {
          answer,
          end: {
            ...end,
            problem: `${own.reason} This is made up for later, without another request.`,
          },
        }
      : { answer, end },
  );
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
