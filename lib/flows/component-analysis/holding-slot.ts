import { UpstreamError } from '../../domain/errors.ts';
import type { FlowContext, TaskContext } from '../../runtime/flow-context.ts';
import { errorFields } from '../../runtime/logging.ts';
import { retries } from '../../runtime/retry-policies.ts';
import type { AnalysisSlots } from './slots.ts';

/** Seconds between two looks: soon at first, as most analyses take seconds. */
const shortestPause = 5;
const longestPause = 60;

/** After three quarters of an hour: whoever waits so long is one of many, and each look costs a call. */
const patientAfter = 48;
const patientPause = 180;

/** Looks that take 10 hours: what is left of the run's day is enough for its work and for agents. */
const mostLooks = patientAfter + 185;

type Waiting = Pick<FlowContext, 'log' | 'runId' | 'task' | 'waitForCondition'>;

/**
 * Does the work while it holds a slot: waits for one, without costing anything, and gives it back however
 * the work ends, and where there was none: it may have got one and never heard of it. A process that dies
 * in between keeps its slot, as its run goes on in another one.
 * @param slots undefined: the host itself sees to it that not too many run
 * @throws UpstreamError when no slot was free in time
 */
export async function holdingSlot<Result>(
  flowContext: Waiting,
  slots: AnalysisSlots | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  if (slots === undefined) return work();
  const { runId } = flowContext;
  const held = await flowContext.waitForCondition(
    'wait for a slot',
    {
      initialState: false,
      waitStrategy: (isHeld, looks) =>
        isHeld || looks >= mostLooks
          ? { shouldContinue: false }
          : { shouldContinue: true, delay: { seconds: pauseAfter(looks) } },
    },
    (_before, task) => tryToAcquire(slots, runId, task),
  );
  try {
    if (!held) throw noSlot();
    return await work();
  } finally {
    await giveBack(flowContext, slots);
  }
}

/** @param looks so far, from 1 */
function pauseAfter(looks: number): number {
  if (looks >= patientAfter) return patientPause;
  return Math.min(shortestPause * 2 ** (looks - 1), longestPause);
}

/** An error would end the wait, and with it the run. */
async function tryToAcquire(
  slots: AnalysisSlots,
  runId: string,
  { log }: TaskContext,
): Promise<boolean> {
  try {
    return await slots.acquire(runId);
  } catch (error) {
    log.warn('The slots cannot be read', errorFields(error));
    return false;
  }
}

/** What cannot be given back ends by itself; the work that is done counts. */
async function giveBack(flowContext: Waiting, slots: AnalysisSlots): Promise<void> {
  try {
    await flowContext.task('give back the slot', retries.few, () =>
      slots.release(flowContext.runId),
    );
  } catch (error) {
    flowContext.log.warn('The slot could not be given back', errorFields(error));
  }
}

function noSlot(): UpstreamError {
  const problem =
    'No slot for an analysis was free for 10 hours. Raise runs.concurrentAnalyses, ' +
    'or look for analyses that hang.';
  return new UpstreamError(problem, { service: 'slots', retryable: true });
}
