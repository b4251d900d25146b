import { z } from 'zod';

/** A schedule as lists show it. */
export const scheduleViewSchema = z.object({
  /** Named like the flow that it starts. */
  name: z.string(),
  everyMinutes: z.int(),
  /** By itself; the pause of everything that starts agents shows in `nextTickAt` alone. */
  paused: z.boolean(),
  /** When the slot of the last tick began, ISO 8601 UTC; null before the first tick. */
  lastTickAt: z.string().nullable(),
  /** The run of the last tick. */
  lastRunId: z.string().nullable(),
  /** In the past when it is overdue; null while it is paused or held back by the pause of all agents. */
  nextTickAt: z.string().nullable(),
  /** Ticks left out because the run before was still going on. */
  skipped: z.int(),
});
export type ScheduleView = z.infer<typeof scheduleViewSchema>;
