import { z } from 'zod';

export const budgetLimitSchema = z.enum([
  'concurrent',
  'repository-concurrent',
  'minute',
  'day',
  'repository-day',
  'cause',
  'paused',
]);

/** What of one limit is used, and of how much. */
export const budgetUseSchema = z.object({
  limit: budgetLimitSchema,
  /** Null: over all repositories. */
  repository: z.string().nullable(),
  used: z.number(),
  allowed: z.number(),
});
export type BudgetUse = z.infer<typeof budgetUseSchema>;
