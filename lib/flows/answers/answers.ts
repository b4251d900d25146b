import type { Place } from '../../domain/answers/place.ts';
import type { RunOutcome } from '../../domain/answers/run-outcome.ts';
import type { Logger } from '../../runtime/logging.ts';
import type { ComponentAnalysisInput } from '../component-analysis/input.ts';

/** A run whose outcome somebody outside waits for. */
export interface AnsweredRun {
  id: string;
  input: ComponentAnalysisInput;
}

/** What came of an answer at one place. */
export interface AnswerOutcome {
  /** `ENG-7`, `acme/shop`, for people. */
  place: string;
  /** `owed`: written later; `superseded`: a newer run answers there; `given-up`: it can never stand. */
  state: 'shown' | 'owed' | 'superseded' | 'given-up';
  /** Why it does not stand (yet). */
  why?: string;
}

/**
 * What a run shows outside: in its Linear issue, at its commit on GitHub. What is owed is written down
 * first, so that it is paid however the run ends.
 */
export interface Answers extends OwedAnswers {
  /** Where the run is answered, by its input and the configuration alone. */
  placesOf(run: AnsweredRun): Place[];
  /** Shows that the run has begun. What could not be shown is logged and told, never thrown. */
  begin(run: AnsweredRun, log: Logger): Promise<AnswerOutcome[]>;
  /** Shows how far it is, where that costs little. Never throws. */
  progress(run: AnsweredRun, step: string, log: Logger): Promise<void>;
  /**
   * Shows how the run has ended.
   * @throws UpstreamError while it may still go well
   */
  finish(ended: EndedRun, log: Logger): Promise<AnswerOutcome>;
}

export interface EndedRun {
  run: AnsweredRun;
  place: Place;
  outcome: RunOutcome;
}

/** Answers that no living run will write. */
export interface OwedAnswers {
  /** Oldest first. */
  listOwed(): Promise<{ id: string }[]>;
  /**
   * Writes one. It is owed no longer when it stands, and when it can never stand.
   * @throws UpstreamError while it may still go well
   */
  settle(id: string): Promise<void>;
}
