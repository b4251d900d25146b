import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { explainEnd } from '../../domain/answers/explain-failure.ts';
import type { Place } from '../../domain/answers/place.ts';
import type { RunOutcome } from '../../domain/answers/run-outcome.ts';
import { messageOf, UpstreamError } from '../../domain/errors.ts';
import { codeChangedError, finalRunStates, type RunDetail } from '../../domain/run.ts';
import { createLogger, type Logger } from '../../runtime/logging.ts';
import type { KeptAnswer } from './answer-records.ts';
import { endAnswer, giveUp, type AnswerParts } from './end-answer.ts';
import type { OwedAnswers } from './owed-answers.ts';

/** After so long nobody waits for an answer any more. */
const longestOwedMs = 3 * 24 * 3_600_000;

/** So long what failed is not tried again: behind it others are waiting. */
const restMs = 60_000;

/** What has started again after an upgrade answers by itself, if it begins within this time. */
const restartMs = 3_600_000;

/** The result of a run that has a report says where it is kept. */
const reportingResultSchema = z.object({ report: z.string() });

/** Answers whose runs are over: stopped, timed out, or ended while the place could not be reached. */
export function createOwedAnswers(parts: AnswerParts): OwedAnswers {
  const { now, records, runs } = parts;
  const resting = createRest(now);

  return {
    async listOwed() {
      const owed: { id: string }[] = [];
      for (const { key, record } of await records.listOpen()) {
        // Where runs are in this process, whatever else there is to do gets its turn.
        await setImmediate();
        if (isOver(await runs.get(record.run.id), now())) owed.push({ id: key });
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

async function settleOne(
  parts: AnswerParts,
  owed: { kept: KeptAnswer; outcome: RunOutcome },
  log: Logger,
): Promise<void> {
  const { kept } = owed;
  // What the run itself had is long forgotten, or used up.
  const allowance = parts.allowances.afterwards();
  try {
    const { place, state } = await endAnswer(parts, owed, { allowance, log });
    log.info('Owed answer settled', { place, state });
  } catch (error) {
    const isOld = parts.now() - Date.parse(kept.record.openedAt) > longestOwedMs;
    if (!isOld) throw error;
    await giveUp(parts, { kept, why: messageOf(error) }, log);
  }
}

function isOver(run: RunDetail | undefined, now: number): boolean {
  if (run === undefined) return true;
  if (!finalRunStates.includes(run.state)) return false;
  const endedAt = Date.parse(run.endedAt ?? run.startedAt);
  return run.error?.type !== codeChangedError || now - endedAt > restartMs;
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
      const service = place.kind === 'linear-issue' ? 'linear' : 'github';
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
