import { hangingError } from '../reconcile/hanging-run.ts';
import { codeChangedError, type RunSummary } from '../run.ts';

/** With fewer runs a single failure would say more than it means. */
const fewestRuns = 5;
/** The latest ones: a flow that was repaired recovers within a day of many runs. */
const mostRuns = 50;

interface FlowRate {
  flow: string;
  failed: number;
  ended: number;
  share: number;
}

/**
 * How often flows fail. The worst flow counts: over all of them, a flow that always fails would vanish
 * behind the schedules, which run some hundred times a day.
 * @param runs newest first, of the time that counts
 * @param threshold flows above it are named
 * @returns the share of the worst flow; null where no flow has ended often enough to tell
 */
export function rateFlowFailures(
  runs: readonly RunSummary[],
  threshold: number,
): { value: number | null; detail: string } {
  const rates = [...endedByFlow(runs)].flatMap(([flow, ended]) => rateOf(flow, ended));
  const [worst] = rates.toSorted((a, b) => b.share - a.share);
  if (worst === undefined) {
    return { value: null, detail: `no flow has ended ${fewestRuns} times in the last 24 hours` };
  }
  const bad = rates.filter(({ share }) => share > threshold);
  return { value: worst.share, detail: bad.length === 0 ? describe([worst]) : describe(bad) };
}

/** Without those that an upgrade has ended, which tells nothing of their flow. */
function endedByFlow(runs: readonly RunSummary[]): Map<string, RunSummary[]> {
  return Map.groupBy(
    runs.filter(({ endedAt, errorType }) => endedAt !== null && errorType !== codeChangedError),
    ({ flow }) => flow,
  );
}

function rateOf(flow: string, ended: readonly RunSummary[]): FlowRate[] {
  if (ended.length < fewestRuns) return [];
  const latest = ended.slice(0, mostRuns);
  const failed = latest.filter((run) => hasFailed(run)).length;
  return [{ flow, failed, ended: latest.length, share: failed / latest.length }];
}

function hasFailed({ errorType, state }: RunSummary): boolean {
  return state === 'failed' || state === 'timed_out' || errorType === hangingError;
}

function describe(rates: readonly FlowRate[]): string {
  return rates
    .toSorted((a, b) => b.share - a.share)
    .map(({ ended, failed, flow }) => `${flow}: ${failed} of ${ended} runs failed`)
    .join('; ');
}
