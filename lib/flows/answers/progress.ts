import { describePlace, type Place } from '../../domain/answers/place.ts';
import { errorFields, type Logger } from '../../runtime/logging.ts';
import { answerKey } from './answer-key.ts';
import type { AnsweredRun } from './answers.ts';
import type { AnswerParts } from './end-answer.ts';

/** What changes faster is not worth a request. */
const leastMs = 15_000;

/** Long after their end: what a process does at the same time is far less. */
const runsRemembered = 1_000;

/** Keeps the comments of issues and the plans of sessions up to date while runs go on. */
export function createProgress(parts: AnswerParts) {
  /** By run id, milliseconds since the epoch. */
  const lastShown = new Map<string, number>();

  const note = (runId: string, at: number): void => {
    lastShown.delete(runId);
    lastShown.set(runId, at);
    const [oldest] = lastShown.keys();
    if (lastShown.size > runsRemembered && oldest !== undefined) lastShown.delete(oldest);
  };

  const noteShown = (runId: string): void => note(runId, parts.now());

  /** What has failed once would only hold up the work again. */
  const giveUp = (runId: string): void => note(runId, Number.POSITIVE_INFINITY);

  const isDue = (runId: string): boolean =>
    parts.now() - (lastShown.get(runId) ?? Number.NEGATIVE_INFINITY) >= leastMs;

  return {
    noteShown,
    giveUp,

    /** Never throws. */
    async show(
      places: readonly Place[],
      { run, step }: { run: AnsweredRun; step: string },
      log: Logger,
    ): Promise<void> {
      const shownAt = places.filter((place) => parts.writerAt(place).progress !== undefined);
      if (shownAt.length === 0 || !isDue(run.id)) return;
      noteShown(run.id);
      for (const place of shownAt) {
        try {
          await showStep(parts, place, { run, step });
        } catch (error) {
          giveUp(run.id);
          log.info('The progress could not be shown', {
            place: describePlace(place),
            ...errorFields(error),
          });
        }
      }
    },
  };
}

async function showStep(
  { records, writerAt }: AnswerParts,
  place: Place,
  { run, step }: { run: AnsweredRun; step: string },
): Promise<void> {
  const writer = writerAt(place);
  if (writer.progress === undefined || (await writer.whyNot()) !== undefined) return;
  const key = answerKey(place, run.id);
  const record = await records.get(key);
  if (record === undefined || record.run.id !== run.id) return;
  await writer.progress({ key, record }, run, step);
}
