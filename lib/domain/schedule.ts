import { z } from 'zod';

/** A schedule as lists show it. */
export const scheduleViewSchema = z.object({
  /** Named like the flow that it starts. */
  name: z.string(),
  everyMinutes: z.int(),
  paused: z.boolean(),
  /** ISO 8601 UTC; null before the first tick. */
  lastTickAt: z.string().nullable(),
  /** The run of the last tick. */
  lastRunId: z.string().nullable(),
  /** Null while it is paused. */
  nextTickAt: z.string().nullable(),
  /** Ticks left out because the run before was still going on. */
  skipped: z.int(),
});
export type ScheduleView = z.infer<typeof scheduleViewSchema>;
