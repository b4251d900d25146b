import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { explainEnd } from '../../domain/answers/explain-failure.ts';
import { describePlace, serviceOf, type Place } from '../../domain/answers/place.ts';
import type { RunOutcome } from '../../domain/answers/run-outcome.ts';
import { messageOf, UpstreamError } from '../../domain/errors.ts';
import type { RunDetail } from '../../domain/run.ts';
import { createLogger, errorFields, type Logger } from '../../runtime/logging.ts';
import { createDueTest, isForgotten, isOld, isOver } from './due-answers.ts';
import { closeAnswer, endAnswer, type AnswerParts, type EndedAnswer } from './end-answer.ts';
import type { OwedAnswers } from './owed-answers.ts';

/** So long what failed is not tried again: behind it others are waiting. */
const restMs = 60_000;

/** The result of a run that has a report says where it is kept. */
const reportingResultSchema = z.object({ report: z.string() });

/** Answers whose runs are over: stopped, timed out, or ended while the place could not be reached. */
export function createOwedAnswers(parts: AnswerParts): OwedAnswers {
  const { now, records, runs } = parts;
  const resting = createRest(now);

  return {
    async listOwed() {
      const owed: { id: string }[] = [];
      const isDue = createDueTest(parts);
      for (const { key, record } of await records.listOpen()) {
        // Where runs are in this process, whatever else there is to do gets its turn.
        await setImmediate();
        if (!(await isDue(record))) continue;
        if (isOver(await runs.getSummary(record.run.id), now())) owed.push({ id: key });
      }
      return owed;
    },

    async settle(id) {
      const record = await records.get(id);
      if (record === undefined || record.closed !== null) return;
      const run = await runs.get(record.run.id);
      if (!isOver(run, now())) return;
      const log = createLogger({ runId: record.run.id });
      const owed = { kept: { key: id, record }, outcome: record.outcome ?? outcomeOf(run) };
      await resting.unlessFailing(record.place, () => settleOne(parts, owed, log));
    },
  };
}

async function settleOne(parts: AnswerParts, owed: EndedAnswer, log: Logger): Promise<void> {
  const { kept } = owed;
  // What the run itself had is long forgotten, or used up.
  const allowance = parts.allowances.afterwards();
  try {
    const { place, state, why } = await endAnswer(parts, owed, { allowance, log });
    if (state !== 'owed') log.info('Owed answer settled', { place, state });
    else if (isOld(kept.record, parts.now())) await giveUp(parts, owed, { log, why: why ?? '' });
  } catch (error) {
    // A service that nobody can reach just now says nothing about the answer.
    const isPassing = error instanceof UpstreamError && error.retryable;
    if (isPassing ? isForgotten(kept.record, parts.now()) : isOld(kept.record, parts.now())) {
      await giveUp(parts, owed, { log, why: messageOf(error) });
      return;
    }
    if (allowance.isUsedUp() || !isRefusal(error)) throw error;
    log.warn('The answer was refused', {
      place: describePlace(kept.record.place),
      ...errorFields(error),
    });
    const refusedAt = new Date(parts.now()).toISOString();
    await parts.records.change(kept, (record) => ({ ...record, refusedAt }));
  }
}

/** Nobody waits for it any more: the log tells, and the record. */
async function giveUp(
  parts: AnswerParts,
  owed: EndedAnswer,
  { log, why }: { log: Logger; why: string },
): Promise<void> {
  const place = describePlace(owed.kept.record.place);
  log.warn('The outcome cannot be shown', { place, why });
  await closeAnswer(parts, owed, { isShown: false, problem: why });
}

/** Something is wrong with this answer alone; credentials that are refused concern all of them. */
function isRefusal(error: unknown): boolean {
  return error instanceof UpstreamError && !error.retryable && error.status !== 401;
}

function outcomeOf(run: RunDetail | undefined): RunOutcome {
  if (run === undefined) return { kind: 'failed', reason: 'The run is not kept any more.' };
  const result = reportingResultSchema.safeParse(run.result);
  if (run.state === 'succeeded' && result.success) {
    return { kind: 'report', report: result.data.report };
  }
  return explainEnd(run);
}

/** Leaves a service alone for a while that has just failed: with each attempt it would be waited for. */
function createRest(now: () => number) {
  const failures = new Map<string, { until: number; error: UpstreamError }>();

  return {
    async unlessFailing(place: Place, work: () => Promise<void>): Promise<void> {
      const service = serviceOf(place);
      const failure = failures.get(service);
      if (failure !== undefined && failure.until > now()) throw failure.error;
      try {
        await work();
      } catch (error) {
        if (error instanceof UpstreamError) {
          failures.set(service, { until: now() + restMs, error });
        }
        throw error;
      }
    },
  };
}
