import { z } from 'zod';

export const healthStatusSchema = z.enum([
  'healthy',
  /** Over its threshold, or not to be told. */
  'warning',
  /** So far over its threshold that work is about to fail, or does. */
  'unhealthy',
]);
export type HealthStatus = z.infer<typeof healthStatusSchema>;

export const checkNameSchema = z.enum(['cpu', 'memory', 'disk', 'flow failures']);
export type CheckName = z.infer<typeof checkNameSchema>;

export const healthCheckSchema = z.object({
  name: checkNameSchema,
  status: healthStatusSchema,
  /** A share, 0 to 1; null where it could not be read, or where there is too little to tell. */
  value: z.number().nullable(),
  /** Above it the check is not healthy. */
  threshold: z.number(),
  /** The figures behind it, or why there are none. */
  detail: z.string(),
});
export type HealthCheck = z.infer<typeof healthCheckSchema>;

/** The result of a run of system-health. */
export const healthResultSchema = z.object({
  /** That of the worst check. */
  status: healthStatusSchema,
  checks: z.array(healthCheckSchema),
});
export type HealthResult = z.infer<typeof healthResultSchema>;
