import { dirname, relative } from 'node:path';
import { isOwnErrorName, UpstreamError } from '../../../domain/errors.ts';
import { createLogger, errorFields } from '../../../runtime/logging.ts';
import { codeOf } from '../error-code.ts';
import { nameFiles, withOwnRepository } from '../git/own-repository.ts';
import { overOf, type HostRecords, type Publication } from '../host-records.ts';
import type { RunPaths } from '../run-paths.ts';
import { publishToGithub, type Ended, type PublishTools } from './publish-changes.ts';
import { removeRepositories } from './remove-repositories.ts';

/** After so many failures in passing the answer goes out without the changes. */
const mostAttempts = 5;

/**
 * Publishes what an agent has changed, and remembers what became of it.
 * @throws UpstreamError, retryable, for what may go well another time
 */
export async function publishOnce(
  ended: Ended,
  { records, ...tools }: PublishTools & { records: HostRecords },
): Promise<Publication> {
  const { request } = ended;
  const before = (await records.get(request.id)) ?? { request };
  const over = overOf(before);
  if (over !== undefined) return over;
  const attempts = (before.publication?.attempts ?? 0) + 1;
  const keep = async (outcome: Omit<Publication, 'attempts'>): Promise<Publication> => {
    const publication = { attempts, ...outcome };
    await records.put({ request, publication });
    return publication;
  };
  try {
    return await keep({ isOver: true, ...(await publish(ended, tools)) });
  } catch (error) {
    const problem = `Its changes could not be published${explain(error, request.id)}`;
    const isOver = !isPassing(error) || attempts >= mostAttempts;
    const publication = await keep({ isOver, pullRequests: [], problem });
    if (!isOver) throw error;
    return publication;
  }
}

/** Words of ours, which were written to be shown; others name files of the host. */
function explain(error: unknown, id: string): string {
  if (error instanceof Error && isOwnErrorName(error.name)) return `. ${error.message}`;
  createLogger({ agentRunId: id }).warn('Changes were not published', errorFields(error));
  return ` (${codeOf(error)}): the host's log says more.`;
}

function isPassing(error: unknown): boolean {
  return error instanceof UpstreamError && error.retryable;
}

async function publish(
  ended: Ended,
  tools: PublishTools,
): Promise<Pick<Publication, 'problem' | 'pullRequests'>> {
  const { paths, request } = ended;
  const { source } = request;
  if (source.kind === 'github') {
    return { problem: null, pullRequests: await publishToGithub(ended, source, tools) };
  }
  await removeRepositories(paths.clone);
  const place = { files: paths.clone, beside: paths.folder, doing: "look at the agent's changes" };
  const isChanged = (await withOwnRepository(tools.git, place, nameFiles)) !== request.base;
  const where = `Changes of a folder are not published: they are in ${placeOf(paths)}.`;
  return { problem: isChanged ? where : null, pullRequests: [] };
}

/** Beginning with the folder of all agent runs: where that is does not concern who reads a report. */
function placeOf({ clone, folder }: RunPaths): string {
  return relative(dirname(dirname(folder)), clone);
}
