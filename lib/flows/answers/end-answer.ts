import { tellOutcome, type AnswerOutcome } from '../../domain/answers/answer-outcome.ts';
import { closeRecord, withOutcome, type Closing } from '../../domain/answers/answer-record.ts';
import { describePlace, serviceOf, type Place } from '../../domain/answers/place.ts';
import type { RunOutcome } from '../../domain/answers/run-outcome.ts';
import { UpstreamError } from '../../domain/errors.ts';
import type { Logger } from '../../runtime/logging.ts';
import type { AnswerRecords, KeptAnswer } from './answer-records.ts';
import type { AnswerServices } from './answer-services.ts';
import type { Means, PlaceWriter, ShownOutcome } from './place-writer.ts';

export interface AnswerParts extends AnswerServices {
  records: AnswerRecords;
  writerAt: (place: Place) => PlaceWriter;
}

/** What is owed to a place, and how the run has ended. */
export interface EndedAnswer {
  kept: KeptAnswer;
  outcome: RunOutcome;
}

/**
 * Shows how a run has ended, and closes the record. Without credentials it stays owed.
 * @throws UpstreamError when it could not be shown: also then it stays owed
 */
export async function endAnswer(
  parts: AnswerParts,
  ended: EndedAnswer,
  means: Means,
): Promise<AnswerOutcome> {
  const { log } = means;
  const { kept } = ended;
  const { place } = kept.record;
  const writer = parts.writerAt(place);
  const obstacle = await writer.whyNot();
  if (obstacle !== undefined) return tellOutcome(place, 'owed', obstacle);
  try {
    const described = await describeOutcome(parts, ended, log);
    const written = await writer.finish(kept, described, means);
    if (written.state === 'superseded') return tellOutcome(place, 'superseded');
    const { problem } = written;
    if (problem !== null) {
      log.warn('A part could not be shown', { place: describePlace(place), why: problem });
    }
    await closeAnswer(parts, ended, { isShown: true, problem });
    return tellOutcome(place, 'shown', problem ?? undefined);
  } catch (error) {
    if (serviceOf(place) === 'linear' && means.allowance.isUsedUp()) throw usedUp(error);
    throw error;
  }
}

/** Says why another attempt of this run would be in vain. */
function usedUp(cause: unknown): UpstreamError {
  const message =
    'Linear has not answered well, and one run may ask it no oftener: autonomous-cicd writes the answer ' +
    'as soon as Linear does.';
  return new UpstreamError(message, { service: 'linear', retryable: false, cause });
}

/** After this nothing is owed any more. */
export async function closeAnswer(
  { now, records }: Pick<AnswerParts, 'now' | 'records'>,
  { kept, outcome }: EndedAnswer,
  how: Omit<Closing, 'at'>,
): Promise<void> {
  const at = new Date(now()).toISOString();
  await records.change(kept, (record) => closeRecord(withOutcome(record, outcome), { at, ...how }));
}

async function describeOutcome(
  { linkTo, readAnswer }: AnswerServices,
  { kept, outcome }: EndedAnswer,
  log: Logger,
): Promise<ShownOutcome> {
  if (outcome.kind === 'failed') return outcome;
  const runLink = linkTo(kept.record.run.id);
  const answer = await readAnswer({ report: outcome.report, runLink }, log);
  if (answer !== null) return { kind: 'report', answer };
  throw new UpstreamError('The report is gone', { service: 'blobs', retryable: false });
}
