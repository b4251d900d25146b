import { z } from 'zod';

/** How a run has ended. */
export const runOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('report'),
    /** Where the report is kept. */
    report: z.string(),
  }),
  z.object({
    kind: z.literal('failed'),
    /** For people who may know nothing of this machine. */
    reason: z.string(),
    /** What to do about it; absent where nothing better is known than to look at the run. */
    advice: z.string().optional(),
  }),
]);
export type RunOutcome = z.infer<typeof runOutcomeSchema>;
