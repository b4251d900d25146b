import { isOwnErrorName, UpstreamError } from '../../../domain/errors.ts';
import { createLogger, errorFields } from '../../../runtime/logging.ts';
import { codeOf } from '../error-code.ts';
import { nameFiles, withOwnRepository } from '../git/own-repository.ts';
import type { RunPaths } from '../run-paths.ts';
import { publicationSchema, readRecord, writeRecord, type Publication } from '../run-records.ts';
import { publishToGithub, type Ended, type PublishTools } from './publish-changes.ts';
import { removeRepositories } from './remove-repositories.ts';

/** What became of the changes; undefined as long as something is still to be done about them. */
export function findPublication({ publication }: RunPaths): Publication | undefined {
  const found = readRecord(publication, publicationSchema);
  return found?.isOver === true ? found : undefined;
}

/** After so many failures in passing the answer goes out without the changes. */
const mostAttempts = 5;

/**
 * Publishes what an agent has changed, and remembers what became of it.
 * @throws UpstreamError, retryable, for what may go well another time
 */
export async function publishOnce(ended: Ended, tools: PublishTools): Promise<Publication> {
  const { paths, request } = ended;
  const before = readRecord(paths.publication, publicationSchema);
  if (before?.isOver === true) return before;
  const attempts = (before?.attempts ?? 0) + 1;
  const keep = (outcome: Omit<Publication, 'attempts'>): Publication => {
    const publication = { attempts, ...outcome };
    writeRecord(paths.publication, publication);
    return publication;
  };
  try {
    return keep({ isOver: true, ...(await publish(ended, tools)) });
  } catch (error) {
    const problem = `Its changes could not be published${explain(error, request.id)}`;
    const isOver = !isPassing(error) || attempts >= mostAttempts;
    const publication = keep({ isOver, pullRequests: [], problem });
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
  const where = `Changes of a folder are not published: they are in ${paths.clone}.`;
  return { problem: isChanged ? where : null, pullRequests: [] };
}
