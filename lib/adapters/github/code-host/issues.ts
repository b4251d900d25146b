import { z } from 'zod';
import type { GithubClient } from '../access/client.ts';
import type { IssueText } from './issue-marker.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { requestJson } from '../requests/request.ts';

export const issuesOnPage = 100;

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
/** An issue as GitHub shows it. */
export type ShownIssue = z.infer<typeof issueSchema>;

interface OneIssue {
  repository: string;
  number: number;
}

/** One page of the issues that somebody has opened, open or closed, the oldest first. */
export function listIssuesOf(
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
      per_page: issuesOnPage,
      page,
    },
    schema: z.array(issueSchema),
    subject: `the issues of ${repository}`,
    right: 'Issues: read',
  });
}

export function getIssue(client: GithubClient, issue: OneIssue): Promise<ShownIssue> {
  const { number, repository } = issue;
  return requestJson(client, {
    route: 'GET /repos/{owner}/{repo}/issues/{issue_number}',
    parameters: { ...repositoryParts(repository), issue_number: number },
    schema: issueSchema,
    subject: `issue ${number} of ${repository}`,
    right: 'Issues: read',
  });
}

export function createIssue(
  client: GithubClient,
  repository: string,
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

export function updateIssue(
  client: GithubClient,
  { number, repository }: OneIssue,
  wanted: IssueText,
): Promise<ShownIssue> {
  return requestJson(client, {
    route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
    parameters: { ...repositoryParts(repository), issue_number: number, ...wanted },
    schema: issueSchema,
    subject: `issue ${number} of ${repository}`,
    right: 'Issues: write',
  });
}
