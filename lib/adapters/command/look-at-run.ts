import type { AgentRunView } from '../../ports/agent-provider.ts';
import type { Publication, RunRequest } from './host-records.ts';
import { readAllPrinted } from './printed.ts';
import type { Ended } from './publish/publish-changes.ts';
import { endUnwatched, progressOf } from './run-progress.ts';
import type { RunPaths } from './run-paths.ts';
import { stateOf, viewOf, type KnownRun } from './run-view.ts';

/**
 * How an agent run stands; undefined where none was started.
 * @param request what the host knows to have asked for; undefined where it knows of nothing
 * @param publish what became of the changes of one that has ended well; undefined while nothing has, and it goes on
 */
export async function lookAtRun(
  { paths, request }: { paths: RunPaths; request: RunRequest | undefined },
  publish: (ended: Ended) => Promise<Publication | undefined>,
): Promise<AgentRunView | undefined> {
  const progress = request === undefined ? undefined : progressOf(paths);
  if (request === undefined || progress === undefined) return undefined;
  if (progress.kind === 'lost') await endUnwatched(paths);
  const printed = progress.kind === 'running' ? [] : await readAllPrinted(paths.output);
  const endedAt = endOfGood(request, progress);
  if (endedAt === null) return viewOf({ request, progress, printed, publication: undefined });
  const publication = await publish({ request, paths, endedAt });
  if (publication !== undefined) return viewOf({ request, progress, printed, publication });
  return viewOf({ request, progress: { kind: 'running' }, printed, publication });
}

/** When it has ended, where it has ended well and was allowed to change code; else null. */
function endOfGood({ mayChangeCode }: RunRequest, progress: KnownRun['progress']): string | null {
  if (!mayChangeCode || progress.kind !== 'ended') return null;
  return stateOf(progress.result) === 'succeeded' ? progress.result.endedAt : null;
}
