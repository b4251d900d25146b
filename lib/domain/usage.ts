import { z } from 'zod';
import { agentProviderNameSchema } from './agents/agent-run.ts';

/** The services outside that are called over their APIs. */
export const calledServices = ['github', 'linear', 'codegen', 'cursor'] as const;
export const calledServiceSchema = z.enum(calledServices);
export type CalledService = z.infer<typeof calledServiceSchema>;

const providerUsageSchema = z.object({
  provider: agentProviderNameSchema,
  started: z.int(),
  succeeded: z.int(),
  /** Failed, cancelled or timed out. Those that are neither succeeded nor failed are under way. */
  failed: z.int(),
  /** Of all of them together, one decimal; of one that is under way, up to now. */
  minutes: z.number(),
});

const usageDaySchema = z.object({
  /** UTC: `2026-11-23`. */
  day: z.string(),
  /** By provider, those with none are left out. An agent run counts on the day on which it was started. */
  agentRuns: z.array(providerUsageSchema),
  /** By service, those with none are left out. */
  calls: z.array(z.object({ service: calledServiceSchema, calls: z.int() })),
});

const toldQuotaSchema = z.object({
  service: calledServiceSchema,
  limit: z.number(),
  remaining: z.number(),
  /** When the allowance is whole again, ISO 8601 UTC; null where nobody says. */
  resetAt: z.string().nullable(),
  /** When it was told, ISO 8601 UTC. */
  at: z.string(),
});

/** What agents and services outside were asked. */
export const usageSchema = z.object({
  /** Newest first, each day of the time asked for, also those without anything. */
  days: z.array(usageDaySchema),
  /** What was last told of allowances, by service; without those of which nothing was told. */
  quotas: z.array(toldQuotaSchema),
});
export type Usage = z.infer<typeof usageSchema>;
export type UsageDay = z.infer<typeof usageDaySchema>;
export type ProviderUsage = z.infer<typeof providerUsageSchema>;
export type ToldQuota = z.infer<typeof toldQuotaSchema>;
