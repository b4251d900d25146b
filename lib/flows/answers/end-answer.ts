import { closeRecord } from '../../domain/answers/answer-record.ts';
import { describePlace, type Place } from '../../domain/answers/place.ts';
import type { RunOutcome } from '../../domain/answers/run-outcome.ts';
import { UpstreamError } from '../../domain/errors.ts';
import type { Logger } from '../../runtime/logging.ts';
import type { AnswerRecords, KeptAnswer } from './answer-records.ts';
import type { AnswerServices } from './answer-services.ts';
import type { Means, PlaceWriter, ShownOutcome } from './place-writer.ts';

/** What came of an answer at one place. */
export interface AnswerOutcome {
  /** `ENG-7`, for people. */
  place: string;
  /** `owed`: written later; `superseded`: a newer run answers there; `given-up`: it can never stand. */
  state: 'shown' | 'owed' | 'superseded' | 'given-up';
  /** Why it does not stand (yet). */
  why?: string;
}

export function tellOutcome(
  place: Place,
  state: AnswerOutcome['state'],
  why?: string,
): AnswerOutcome {
  return { place: describePlace(place), state, ...(why !== undefined && { why }) };
}

export interface AnswerParts extends AnswerServices {
  records: AnswerRecords;
  writerAt: (place: Place) => PlaceWriter;
}

/**
 * Shows how a run has ended, and closes the record.
 * @throws UpstreamError while it may still go well
 */
export async function endAnswer(
  parts: AnswerParts,
  { kept, outcome }: { kept: KeptAnswer; outcome: RunOutcome },
  means: Means,
): Promise<AnswerOutcome> {
  const { log } = means;
  const { place } = kept.record;
  const writer = parts.writerAt(place);
  try {
    const obstacle = await writer.whyNot();
    if (obstacle !== undefined) return await giveUp(parts, { kept, why: obstacle }, log);
    const shown = await describeOutcome(parts, { kept, outcome }, log);
    const written = await writer.finish(kept, shown, means);
    if (written === 'superseded') return tellOutcome(place, 'superseded');
    await close(parts, kept, null);
    return tellOutcome(place, 'shown');
  } catch (error) {
    if (means.allowance.isUsedUp()) throw usedUp(error);
    if (!canNeverStand(error)) throw error;
    return giveUp(parts, { kept, why: error.message }, log);
  }
}

/** Says why another attempt of this run would be in vain. */
function usedUp(cause: unknown): UpstreamError {
  const message =
    'Linear has not answered well, and one run may ask it no oftener: autonomous-cicd writes the answer ' +
    'as soon as Linear does.';
  return new UpstreamError(message, { service: 'linear', retryable: false, cause });
}

/** Nobody waits for what cannot be shown: the log tells, and the record. */
export async function giveUp(
  parts: Pick<AnswerParts, 'now' | 'records'>,
  { kept, why }: { kept: KeptAnswer; why: string },
  log: Logger,
): Promise<AnswerOutcome> {
  const { place } = kept.record;
  log.warn('The outcome cannot be shown', { place: describePlace(place), why });
  await close(parts, kept, why);
  return tellOutcome(place, 'given-up', why);
}

async function close(
  { now, records }: Pick<AnswerParts, 'now' | 'records'>,
  kept: KeptAnswer,
  problem: string | null,
): Promise<void> {
  const at = new Date(now()).toISOString();
  await records.change(kept, (record) => closeRecord(record, { at, problem }));
}

/** Credentials that are refused can be replaced; whatever else is refused stays so. */
function canNeverStand(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && !error.retryable && error.status !== 401;
}

async function describeOutcome(
  { linkTo, readAnswer }: AnswerServices,
  { kept, outcome }: { kept: KeptAnswer; outcome: RunOutcome },
  log: Logger,
): Promise<ShownOutcome> {
  if (outcome.kind === 'failed') return outcome;
  const runLink = linkTo(kept.record.run.id);
  const answer = await readAnswer({ report: outcome.report, runLink }, log);
  if (answer !== null) return { kind: 'report', answer };
  throw new UpstreamError('The report is gone', { service: 'blobs', retryable: false });
}
