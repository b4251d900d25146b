import { UpstreamError } from '../../../domain/errors.ts';
import { final } from '../requests/failures.ts';

/** What to throw instead of an error about what stands at a commit: that of a folder may not be pushed. */
export function explainUnknownCommit(
  error: unknown,
  { commit, repository }: { repository: string; commit: string },
): unknown {
  if (!(error instanceof UpstreamError) || error.status !== 422) return error;
  const text = `GitHub takes nothing at commit ${commit} of ${repository} (422)`;
  return final(`${text}: it may not be pushed yet.`, 422);
}
