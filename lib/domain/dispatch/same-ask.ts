import { z } from 'zod';

/** How somebody asks for the analysis of what an issue is about. */
export const askedBySchema = z.enum(['label', 'session']);
export type AskedBy = z.infer<typeof askedBySchema>;

export const claimedAskSchema = z.object({
  by: askedBySchema,
  /** Of the run that answers it. */
  name: z.string(),
  /** As Linear tells it, ISO 8601. */
  askedAt: z.string(),
});
export type ClaimedAsk = z.infer<typeof claimedAskSchema>;

/** A label and a delegation within this time are one thing that somebody wants. */
const togetherMs = 60_000;

/**
 * Whether what is asked is what was asked already in the other way. In the same way a newer request counts, as it
 * does without sessions.
 * @param isUnderWay whether the run that answers the earlier one has not ended
 */
export function isSameAsk(before: ClaimedAsk, ask: ClaimedAsk, isUnderWay: boolean): boolean {
  if (before.by === ask.by) return false;
  const apart = Math.abs(Date.parse(ask.askedAt) - Date.parse(before.askedAt));
  return isUnderWay || apart <= togetherMs;
}
