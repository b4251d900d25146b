import type { AskServices } from '../agents/asking/ask-services.ts';
import type { Answers } from '../answers/answers.ts';
import type { RequestAllowances } from '../answers/request-allowances.ts';
import type { Tracking } from '../tracking/tracking.ts';
import type { ComponentAnalysisInput } from './input.ts';
import type { AnalysisSlots } from './slots.ts';
import type { AnalysisTasks } from './tasks/analysis-tasks.ts';

/** What the flow works with. */
export interface ComponentAnalysisServices {
  tasks: AnalysisTasks;
  answers: Pick<Answers, 'begin' | 'finish' | 'placesOf' | 'progress'>;
  tracking: Tracking;
  /** There is a tracking issue to keep up to date. */
  hasTrackingIssue: boolean;
  /** What agents are asked with, where a run asks any. */
  asking: AskServices;
  /** Of all that a run asks of the tracker. */
  allowances: RequestAllowances;
  /** Default: the host's work pool says how many run at a time. */
  slots?: AnalysisSlots;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** What is to be done, and with what. */
export interface Analysis {
  input: ComponentAnalysisInput;
  services: ComponentAnalysisServices;
}
