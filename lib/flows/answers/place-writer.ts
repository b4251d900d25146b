import type { RunOutcome } from '../../domain/answers/run-outcome.ts';
import type { Logger } from '../../runtime/logging.ts';
import type { AnsweredRun } from './answers.ts';
import type { KeptAnswer } from './answer-records.ts';
import type { ReportAnswer } from './report-answer.ts';
import type { CountedAllowance } from './request-allowances.ts';

/** How a run has ended, ready to be shown. */
export type ShownOutcome =
  | { kind: 'report'; answer: ReportAnswer }
  | Extract<RunOutcome, { kind: 'failed' }>;

/**
 * Shows at one place what a run owes to it. Done once more, it changes nothing further. Everything throws
 * UpstreamError where the place cannot be reached or refuses.
 */
export interface PlaceWriter {
  /** Undefined when credentials are set; else what to do about it. */
  whyNot(): Promise<string | undefined>;
  begin(kept: KeptAnswer, run: AnsweredRun, log: Logger): Promise<Written>;
  /** Shows how far the run is, in one request. Absent where that is shown nowhere. */
  progress?(kept: KeptAnswer, run: AnsweredRun, step: string): Promise<void>;
  finish(kept: KeptAnswer, outcome: ShownOutcome, means: Means): Promise<Written>;
}

/** What there is to answer with. */
export interface Means {
  /** Of requests to the tracker. */
  allowance: CountedAllowance;
  log: Logger;
}

export type Written =
  /** `problem`: what of it was refused, and why; null when all of it stands. */
  | { state: 'shown'; problem: string | null }
  /** A newer run is answered there meanwhile. */
  | { state: 'superseded' };

export const shown: Written = { state: 'shown', problem: null };
