import type { AgentRunView } from '../../ports/agent-provider.ts';
import { readPrinted } from './printed.ts';
import type { Ended } from './publish/publish-changes.ts';
import { endUnwatched, progressOf } from './run-progress.ts';
import type { RunPaths } from './run-paths.ts';
import { readRecord, runRequestSchema, type Publication, type RunRequest } from './run-records.ts';
import { stateOf, viewOf, type KnownRun } from './run-view.ts';

/**
 * How an agent run stands; undefined where none was started.
 * @param publish sees to it that the changes of one that has ended well are published
 */
export async function lookAtRun(
  paths: RunPaths,
  publish: (ended: Ended) => Promise<Publication>,
): Promise<AgentRunView | undefined> {
  const request = readRecord(paths.request, runRequestSchema);
  const progress = request === undefined ? undefined : progressOf(paths);
  if (request === undefined || progress === undefined) return undefined;
  if (progress.kind === 'lost') await endUnwatched(paths);
  const printed = progress.kind === 'running' ? [] : readPrinted(paths.output);
  const endedAt = endOfGood(request, progress);
  const publication = endedAt === null ? undefined : await publish({ request, paths, endedAt });
  return viewOf({ request, progress, printed, publication });
}

/** When it has ended, where it has ended well and was allowed to change code; else null. */
function endOfGood({ mayChangeCode }: RunRequest, progress: KnownRun['progress']): string | null {
  if (!mayChangeCode || progress.kind !== 'ended') return null;
  return stateOf(progress.result) === 'succeeded' ? progress.result.endedAt : null;
}
