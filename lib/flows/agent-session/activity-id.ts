import { stableId } from '../../runtime/stable-id.ts';

/** What an activity of ours is about: the same activity of the same turn is shown once. */
export interface ActivityName {
  /** Name of the installation: two of them may answer in one workspace. */
  stack: string;
  session: string;
  /** What it answers. */
  turn: string;
}

/** `trouble`: in place of the answer, which could not be made. */
export type ActivityPurpose = 'acknowledge' | 'reply' | 'trouble';

export function activityId(
  { session, stack, turn }: ActivityName,
  purpose: ActivityPurpose,
): string {
  return stableId('session activity', stack, session, turn, purpose);
}
