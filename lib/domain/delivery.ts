import { z } from 'zod';
import { busEventSchema, eventSourceSchema } from './event.ts';

const deliveryDecisionSchema = z.enum([
  /** Accepted; the dispatcher has not come to it yet. */
  'pending',
  'run',
  'ignored',
  /** The dispatcher has tried too often: a person has to look. */
  'failed',
]);

/** One webhook request and what came of it, as lists show it. */
export const deliverySchema = z.object({
  id: z.string(),
  source: eventSourceSchema,
  type: z.string(),
  receivedAt: z.string(),
  decision: deliveryDecisionSchema,
  /** Why it was ignored, what asked for its run, or why it still waits. */
  reason: z.string().optional(),
  /**
   * The run that it started, or that another delivery of the same cause had started. While it is
   * `pending` again: what it had started before.
   */
  runId: z.string().optional(),
  /** All of them, where one event concerns several components. */
  runIds: z.array(z.string()).optional(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** A delivery with its event. */
export const deliveryDetailSchema = deliverySchema.extend({
  event: busEventSchema,
  /** ISO 8601 UTC; null while it waits. */
  decidedAt: z.string().nullable(),
  /** Times that the dispatcher has tried. */
  attempts: z.int(),
  /** Those of its runs that began with it; another delivery of the same cause had started the others. */
  startedRunIds: z.array(z.string()).default([]),
});
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;
