import { z } from 'zod';
import { commentMemorySchema } from '../own-comment.ts';

/** What is known of the table on the tracking issue. */
export const tableRecordSchema = commentMemorySchema.extend({
  /** Nobody else writes before, in milliseconds since the epoch. */
  busyUntil: z.number(),
  /** Run that has the turn; null after its end. A run that was cut off goes on with its own turn. */
  writer: z.string().nullable().default(null),
  /** Counts turns: whoever finds another count than the own one has lost the turn. */
  turn: z.int().min(0).default(0),
  /** Stands for the text that was written last; null before. Linear may give it back in other Markdown. */
  writtenDigest: z.string().nullable(),
});
export type TableRecord = z.infer<typeof tableRecordSchema>;

export const noTable: TableRecord = {
  busyUntil: 0,
  writer: null,
  turn: 0,
  generation: 0,
  commentMade: false,
  writtenDigest: null,
};

/** Many analyses may end at the same time: they share a write. */
export const shareSeconds = 10;
const shareMs = shareSeconds * 1_000;
/** A writer that takes longer is taken for dead. */
const longestWriteMs = 120_000;

/**
 * The record of whoever writes now.
 * @param now milliseconds since the epoch
 * @returns `again`: somebody writes, or has just written; look again after so many seconds
 */
export function takeTurn(
  record: TableRecord,
  { now, writer }: { now: number; writer: string },
): TableRecord | { again: number } {
  const left = record.busyUntil - now;
  // A busy time further away than any writer sets comes from a clock that was wrong.
  const isFree = left <= 0 || left > longestWriteMs || record.writer === writer;
  if (isFree) return extendTurn({ ...record, writer, turn: record.turn + 1 }, now);
  return { again: Math.ceil(Math.min(left, shareMs) / 1_000) };
}

/** The record while its turn goes on: what is done next has the whole time again. */
export function extendTurn(record: TableRecord, now: number): TableRecord {
  return { ...record, busyUntil: now + longestWriteMs };
}

/** The record once a turn is over, well or not. */
export function endTurn(record: TableRecord, now: number): TableRecord {
  return { ...record, writer: null, busyUntil: now + shareMs };
}
