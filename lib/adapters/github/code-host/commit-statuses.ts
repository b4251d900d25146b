import { z } from 'zod';
import { oneLineText, shorten } from '../../../domain/plain-text.ts';
import type { CommitStatus } from '../../../ports/code-host.ts';
import type { GithubClient } from '../access/client.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { requestJson } from '../requests/request.ts';
import { explainUnknownCommit } from './unknown-commit.ts';
import { writeOnce } from '../requests/write-once.ts';

/** Characters that GitHub takes. */
const longestDescription = 140;

const pageSize = 100;
/** A commit with more contexts than this gets a status that may be there already. */
const mostPages = 10;

const statusSchema = z.object({
  context: z.string(),
  state: z.string(),
  description: z.string().nullable(),
  target_url: z.string().nullable(),
});
const combinedSchema = z.object({ statuses: z.array(statusSchema) });
type ShownStatus = z.infer<typeof statusSchema>;

/** A commit takes 1,000 statuses of one context: none is spent on what is shown already. */
export async function setCommitStatus(client: GithubClient, status: CommitStatus): Promise<void> {
  const wanted: ShownStatus = {
    context: status.context,
    state: status.state,
    description: shorten(oneLineText(status.description), longestDescription),
    target_url: status.url,
  };
  const find = async (): Promise<ShownStatus | undefined> => {
    const shown = await findStatus(client, status);
    return shown !== undefined && isSame(shown, wanted) ? shown : undefined;
  };
  try {
    if ((await find()) !== undefined) return;
    await writeOnce(() => createStatus(client, status, wanted), find);
  } catch (error) {
    throw explainUnknownCommit(error, status);
  }
}

/** The newest of the context: GitHub combines those that count. */
async function findStatus(
  client: GithubClient,
  { commit, context, repository }: CommitStatus,
): Promise<ShownStatus | undefined> {
  for (let page = 1; page <= mostPages; page += 1) {
    const { statuses } = await requestJson(client, {
      route: 'GET /repos/{owner}/{repo}/commits/{ref}/status',
      parameters: { ...repositoryParts(repository), ref: commit, per_page: pageSize, page },
      schema: combinedSchema,
      subject: `commit ${commit} of ${repository}`,
      right: 'Commit statuses: read',
    });
    const found = statuses.find((status) => status.context === context);
    if (found !== undefined || statuses.length < pageSize) return found;
  }
  return undefined;
}

function createStatus(
  client: GithubClient,
  { commit, repository }: CommitStatus,
  wanted: ShownStatus,
): Promise<ShownStatus> {
  return requestJson(client, {
    route: 'POST /repos/{owner}/{repo}/statuses/{sha}',
    parameters: { ...repositoryParts(repository), sha: commit, ...wanted },
    schema: statusSchema,
    subject: `a status at commit ${commit} of ${repository}`,
    right: 'Commit statuses: write',
  });
}

function isSame(one: ShownStatus, other: ShownStatus): boolean {
  return (
    one.state === other.state &&
    one.description === other.description &&
    one.target_url === other.target_url
  );
}
