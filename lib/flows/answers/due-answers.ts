import type { AnswerRecord } from '../../domain/answers/answer-record.ts';
import { codeChangedError, finalRunStates, type RunSummary } from '../../domain/run.ts';
import type { AnswerParts } from './end-answer.ts';

const dayMs = 24 * 3_600_000;
/** After so long nobody waits for an answer any more that was refused. */
const longestOwedMs = 3 * dayMs;
/** The host may have been off, or without a network, over the holidays. */
const longestKeptMs = 9 * dayMs;

/** What a place has refused is tried again so much later: rights can be given meanwhile. */
const afterRefusalMs = 3_600_000;

/** What has started again after an upgrade answers by itself, if it begins within this time. */
const restartMs = 3_600_000;

/** Nobody waits for it any more. @param now milliseconds since the epoch */
export function isOld({ openedAt }: AnswerRecord, now: number): boolean {
  return now - Date.parse(openedAt) > longestOwedMs;
}

/** It is owed for so long that it is not even tried any more. @param now milliseconds since the epoch */
export function isForgotten({ openedAt }: AnswerRecord, now: number): boolean {
  return now - Date.parse(openedAt) > longestKeptMs;
}

/** Tells whether it is worth trying: credentials are set, and it was not refused just now. */
export function createDueTest({
  now,
  writerAt,
}: Pick<AnswerParts, 'now' | 'writerAt'>): (record: AnswerRecord) => Promise<boolean> {
  const obstacles = new Map<string, Promise<string | undefined>>();

  return async (record) => {
    const { place, refusedAt } = record;
    if (isOld(record, now())) return true;
    if (refusedAt !== null && now() - Date.parse(refusedAt) < afterRefusalMs) return false;
    const obstacle = obstacles.get(place.kind) ?? writerAt(place).whyNot();
    obstacles.set(place.kind, obstacle);
    return (await obstacle) === undefined;
  };
}

/** Whether no living run will write it. @param now milliseconds since the epoch */
export function isOver(run: RunSummary | undefined, now: number): boolean {
  if (run === undefined) return true;
  if (!finalRunStates.includes(run.state)) return false;
  const endedAt = Date.parse(run.endedAt ?? run.startedAt);
  return run.errorType !== codeChangedError || now - endedAt > restartMs;
}
