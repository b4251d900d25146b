import { z } from 'zod';

/** How often a comment of ours is made: anew after somebody has deleted it. */
export const commentGenerations = 3;

/**
 * What is known of a comment of ours. It is written down before it is done: after a crash it may be
 * untrue.
 */
export const commentMemorySchema = z.object({
  /** Which comment is ours: the next one after a person has deleted it. */
  generation: z
    .int()
    .min(0)
    .max(commentGenerations - 1),
  /** True once it was surely there. */
  commentMade: z.boolean(),
});
export type CommentMemory = z.infer<typeof commentMemorySchema>;
