import { z } from 'zod';
import type { CodeHost, MarkedIssue } from '../../ports/code-host.ts';
import type { GithubAccess } from './access.ts';
import type { GithubClient } from './client.ts';
import { final } from './failures.ts';
import { carriesMarker, isSameText, issueTextOf, type IssueText } from './issue-marker.ts';
import type { Identities } from './own-identity.ts';
import { repositoryParts } from './repository-parts.ts';
import { requestJson } from './request.ts';
import { writeOnce } from './write-once.ts';

const pageSize = 100;
const mostPages = 50;

const issueSchema = z.object({
  number: z.int(),
  html_url: z.string(),
  title: z.string(),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? ''),
  state: z.string(),
  user: z.object({ login: z.string() }).nullable(),
  /** Of a pull request, which GitHub lists as an issue. */
  pull_request: z.unknown().optional(),
});
type ShownIssue = z.infer<typeof issueSchema>;

/** @returns `putIssue` of the code host */
export function createMarkedIssues(
  access: GithubAccess,
  whoWeAre: Identities,
): CodeHost['putIssue'] {
  return async (issue) => {
    const { login } = await whoWeAre(issue.repository);
    const client = await access.clientFor(issue.repository);
    const find = () => findIssue(client, issue, login);
    const wanted = issueTextOf(issue);
    const there = await find();
    if (there === undefined && !issue.open) return null;
    const shown = there ?? (await writeOnce(() => createIssue(client, issue, wanted), find));
    if (!isSameText(shown, wanted))
      await updateIssue(client, issue, { ...wanted, number: shown.number });
    return { number: shown.number, url: shown.html_url };
  };
}

/**
 * The oldest that carries the marker. The search of GitHub lags behind what was written, a list does not;
 * anybody could write the marker into an issue of theirs, so only our own count.
 */
async function findIssue(
  client: GithubClient,
  { marker, repository }: MarkedIssue,
  login: string,
): Promise<ShownIssue | undefined> {
  for (let page = 1; page <= mostPages; page += 1) {
    const issues = await listOwnIssues(client, { repository, login, page });
    const found = issues.find(
      ({ body, pull_request: pull, user }) =>
        pull === undefined && isLogin(user?.login, login) && carriesMarker(body, marker),
    );
    if (found !== undefined || issues.length < pageSize) return found;
  }
  const advice = 'Give this system a user or a GitHub App of its own.';
  throw final(`${login} has opened too many issues in ${repository} to look through. ${advice}`);
}

function isLogin(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

function listOwnIssues(
  client: GithubClient,
  { login, page, repository }: { repository: string; login: string; page: number },
): Promise<ShownIssue[]> {
  return requestJson(client, {
    route: 'GET /repos/{owner}/{repo}/issues',
    parameters: {
      ...repositoryParts(repository),
      creator: login,
      state: 'all',
      sort: 'created',
      direction: 'asc',
      per_page: pageSize,
      page,
    },
    schema: z.array(issueSchema),
    subject: `the issues of ${repository}`,
    right: 'Issues: read',
  });
}

function createIssue(
  client: GithubClient,
  { repository }: MarkedIssue,
  { body, title }: IssueText,
): Promise<ShownIssue> {
  return requestJson(client, {
    route: 'POST /repos/{owner}/{repo}/issues',
    parameters: { ...repositoryParts(repository), title, body },
    schema: issueSchema,
    subject: `an issue in ${repository}`,
    right: 'Issues: write',
  });
}

function updateIssue(
  client: GithubClient,
  { repository }: MarkedIssue,
  { number, ...wanted }: IssueText & { number: number },
): Promise<ShownIssue> {
  return requestJson(client, {
    route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
    parameters: { ...repositoryParts(repository), issue_number: number, ...wanted },
    schema: issueSchema,
    subject: `issue ${number} of ${repository}`,
    right: 'Issues: write',
  });
}
