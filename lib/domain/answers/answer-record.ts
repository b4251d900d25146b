import { z } from 'zod';
import { issueMemorySchema, nothingDone } from './issue-memory.ts';
import { placeSchema, type Place } from './place.ts';
import { runOutcomeSchema, type RunOutcome } from './run-outcome.ts';

const answeringRunSchema = z.object({
  id: z.string(),
  /** ISO 8601 UTC, like all times here. */
  startedAt: z.string(),
  /** `lib of acme/shop` */
  subject: z.string(),
});
export type AnsweringRun = z.infer<typeof answeringRunSchema>;

/** What is owed to one place, and what was done there so far. */
export const answerRecordSchema = z.object({
  place: placeSchema,
  /** The newest run that is answered there: earlier ones write no more. */
  run: answeringRunSchema,
  /** Since when it is owed. */
  openedAt: z.string(),
  /** Null while the run goes on. */
  outcome: runOutcomeSchema.nullable(),
  /** The newest run whose report was shown there. */
  reportRunId: z.string().nullable(),
  /** What was done to a Linear issue. */
  issue: issueMemorySchema,
  /** When the place has refused it last, for a reason that time may mend; null when it has not. */
  refusedAt: z.string().nullable().default(null),
  /** Null as long as something is owed; `problem` says what of it could not be shown. */
  closed: z.object({ at: z.string(), problem: z.string().nullable() }).nullable(),
});
export type AnswerRecord = z.infer<typeof answerRecordSchema>;

/**
 * The record once the run is answered at the place, knowing what was done there before.
 * @returns `superseded` when a newer run is answered there already
 */
export function takeOver(
  before: AnswerRecord | undefined,
  { at, place, run }: { at: string; place: Place; run: AnsweringRun },
): AnswerRecord | 'superseded' {
  if (before?.run.id === run.id) return before;
  if (before !== undefined && isNewer(before.run, run)) return 'superseded';
  return {
    place,
    run,
    openedAt: at,
    outcome: null,
    reportRunId: before?.reportRunId ?? null,
    issue: before?.issue ?? nothingDone,
    refusedAt: null,
    closed: null,
  };
}

function isNewer(one: AnsweringRun, other: AnsweringRun): boolean {
  if (one.startedAt !== other.startedAt) return one.startedAt > other.startedAt;
  return one.id > other.id;
}

/** How an answer came to its end. */
export interface Closing {
  at: string;
  /** False: it was given up. What stands may still lack a part, as the problem tells. */
  isShown: boolean;
  problem: string | null;
}

/** Nothing is owed any more; where an issue was moved to is of no interest to the next run. */
export function closeRecord(record: AnswerRecord, { at, isShown, problem }: Closing): AnswerRecord {
  const { generation, commentMade } = record.issue;
  const hasReport = isShown && record.outcome?.kind === 'report';
  return {
    ...record,
    reportRunId: hasReport ? record.run.id : record.reportRunId,
    issue: { ...nothingDone, generation, commentMade },
    closed: { at, problem },
  };
}

export function withOutcome(record: AnswerRecord, outcome: RunOutcome): AnswerRecord {
  return { ...record, outcome };
}
