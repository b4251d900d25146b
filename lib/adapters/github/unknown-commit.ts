import { UpstreamError } from '../../domain/errors.ts';
import { final } from './failures.ts';

/** What to throw instead of an error about a commit: that of a folder may not be pushed yet (422). */
export function explainUnknownCommit(
  error: unknown,
  { commit, repository }: { repository: string; commit: string },
): unknown {
  if (!(error instanceof UpstreamError) || error.status !== 422) return error;
  return final(`${repository} has no commit ${commit} on GitHub: it may not be pushed yet.`, 422);
}
