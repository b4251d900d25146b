import { z } from 'zod';
import { commentMemorySchema } from '../own-comment.ts';

const stateSchema = z.object({ id: z.string(), name: z.string() });

/**
 * What has been done to a Linear issue. It is written down before it is done: after a crash it may be
 * untrue.
 */
export const issueMemorySchema = commentMemorySchema.extend({
  /** Where the issue was before it was moved; null when it was not. */
  before: stateSchema.nullable(),
  /** Id of the state in which it was to be left; null before that. */
  leftIn: z.string().nullable(),
});
export type IssueMemory = z.infer<typeof issueMemorySchema>;

export const nothingDone: IssueMemory = {
  generation: 0,
  commentMade: false,
  before: null,
  leftIn: null,
};
