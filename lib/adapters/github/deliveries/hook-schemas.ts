import { z } from 'zod';

/**
 * GitHub's ids of deliveries have 19 digits; Octokit reads them as `bigint`, and takes only text. Text is what
 * was kept of an answer.
 */
const idSchema = z.union([z.int(), z.bigint(), z.string()]).transform(String);

/** What a webhook is set to; an App without one has empty fields. */
export const hookConfigSchema = z.object({
  url: z.string().default(''),
  content_type: z.string().default(''),
});

export const hookSchema = z.object({
  id: idSchema,
  active: z.boolean(),
  events: z.array(z.string()),
  config: hookConfigSchema,
});

const deliverySchema = z.object({
  id: idSchema,
  guid: z.string().min(1),
  delivered_at: z.iso.datetime({ offset: true }),
  redelivery: z.boolean(),
  status: z.string(),
  status_code: z.int(),
  event: z.string(),
  action: z.string().nullable(),
});
export const deliveriesSchema = z.array(deliverySchema);
export type ListedDelivery = z.infer<typeof deliverySchema>;

export const deliveredSchema = z.object({
  event: z.string().min(1),
  request: z.object({ payload: z.record(z.string(), z.unknown()).nullable() }),
});
