import { UpstreamError } from '../../domain/errors.ts';
import type { FlowContext, TaskContext } from '../../runtime/flow-context.ts';
import { errorFields, type Logger } from '../../runtime/logging.ts';
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

/** Whoever has asked is told now and then that the turn has not come yet. */
const toldEveryMs = 600_000;

/** What is waited for, and who is told of it. */
export interface SlotWait {
  /** Undefined: the host itself sees to it that not too many run. */
  slots: AnalysisSlots | undefined;
  /** Shows that it still waits. Never throws. */
  tell: (log: Logger) => Promise<void>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** What the last look came to. `toldAt`: milliseconds since the epoch; null before the first look. */
interface Look {
  isHeld: boolean;
  toldAt: number | null;
}

type Waiting = Pick<FlowContext, 'log' | 'runId' | 'task' | 'waitForCondition'>;

/**
 * Does the work while it holds a slot: waits for one, without costing anything, and gives it back however
 * the work ends, and where there was none: it may have got one and never heard of it. A process that dies
 * in between keeps its slot, as its run goes on in another one.
 * @throws UpstreamError when no slot was free in time
 */
export async function holdingSlot<Result>(
  flowContext: Waiting,
  wait: SlotWait,
  work: () => Promise<Result>,
): Promise<Result> {
  const { slots } = wait;
  if (slots === undefined) return work();
  const { runId } = flowContext;
  const { isHeld } = await flowContext.waitForCondition<Look>(
    'wait for a slot',
    {
      initialState: { isHeld: false, toldAt: null },
      waitStrategy: (look, looks) =>
        look.isHeld || looks >= mostLooks
          ? { shouldContinue: false }
          : { shouldContinue: true, delay: { seconds: pauseAfter(looks) } },
    },
    async ({ toldAt }, task) => {
      if (await tryToAcquire(slots, runId, task)) return { isHeld: true, toldAt };
      return { isHeld: false, toldAt: await tellNowAndThen(toldAt, wait, task) };
    },
  );
  try {
    if (!isHeld) throw noSlot();
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

/** That it has begun was shown right before. @returns when it was told last */
async function tellNowAndThen(
  toldAt: number | null,
  { now, tell }: SlotWait,
  { log }: TaskContext,
): Promise<number> {
  const at = now();
  if (toldAt !== null && at - toldAt < toldEveryMs) return toldAt;
  if (toldAt !== null) await tell(log);
  return at;
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
