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
    /** For people. */
    reason: z.string(),
  }),
]);
export type RunOutcome = z.infer<typeof runOutcomeSchema>;
