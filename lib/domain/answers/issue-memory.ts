import { z } from 'zod';

const stateSchema = z.object({ id: z.string(), name: z.string() });

/** How often the comment is made anew after somebody has deleted it. */
export const commentGenerations = 3;

/**
 * What has been done to a Linear issue. It is written down before it is done: after a crash it may be
 * untrue.
 */
export const issueMemorySchema = z.object({
  /** Which comment is ours: the next one after a person has deleted it. */
  generation: z
    .int()
    .min(0)
    .max(commentGenerations - 1),
  /** True once it was surely there. */
  commentMade: z.boolean(),
  /** Where the issue was before it was moved; null when it was not. */
  before: stateSchema.nullable(),
  /** Id of the state in which it was left; null before that. Elsewhere, a person has moved it. */
  leftIn: z.string().nullable(),
});
export type IssueMemory = z.infer<typeof issueMemorySchema>;

export const nothingDone: IssueMemory = {
  generation: 0,
  commentMade: false,
  before: null,
  leftIn: null,
};
