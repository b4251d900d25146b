import { isJsonObject } from '../../../lib/domain/json-fields.ts';
import { ok, page, refuse, textOf, type RepositoryAnswers } from './answer.ts';
import { loginOf } from './callers.ts';
import { fromExample } from './description.ts';
import { htmlUrl, shapeUser } from './shapes.ts';
import type { GithubWorld, Issue, Repository } from './world.ts';

/** GitHub takes no longer body. */
export const longestBody = 65_536;

export function issueAnswers({ time }: GithubWorld): RepositoryAnswers {
  return {
    'issues/create': ({ apiUrl, body, caller, repository }) => {
      if (isTooLong(body['body'])) return tooLong;
      const issue: Issue = {
        number: repository.issues.length + 1,
        title: String(body['title']),
        body: textOf(body, 'body'),
        state: 'open',
        stateReason: null,
        labels: namesIn(body['labels']),
        author: loginOf(caller),
        isPullRequest: false,
        createdAt: time(),
        updatedAt: time(),
      };
      repository.issues.push(issue);
      return { status: 201, json: shapeIssue(repository, issue, apiUrl) };
    },
    'issues/get': ({ apiUrl, params, repository }) => {
      const issue = findIssue(repository, params);
      if (issue === undefined) return refuse(404, 'Not Found');
      return ok(shapeIssue(repository, issue, apiUrl));
    },
    'issues/update': ({ apiUrl, body, params, repository }) => {
      const issue = findIssue(repository, params);
      if (issue === undefined) return refuse(404, 'Not Found');
      if (isTooLong(body['body'])) return tooLong;
      issue.title = textOf(body, 'title') ?? issue.title;
      if ('body' in body) issue.body = textOf(body, 'body');
      if ('labels' in body) issue.labels = namesIn(body['labels']);
      if (body['state'] === 'open' || body['state'] === 'closed') {
        issue.state = body['state'];
        const reason = textOf(body, 'state_reason');
        issue.stateReason = issue.state === 'closed' ? (reason ?? 'completed') : 'reopened';
      }
      issue.updatedAt = time();
      return ok(shapeIssue(repository, issue, apiUrl));
    },
    'issues/list-for-repo': (asked) => {
      const { apiUrl, query, repository } = asked;
      const found = sorted(matching(repository.issues, query), query);
      const { headers, items } = page(asked, found);
      return ok(
        items.map((issue) => shapeIssue(repository, issue, apiUrl)),
        headers,
      );
    },
  };
}

const tooLong = refuse(422, 'Validation Failed', [
  {
    resource: 'Issue',
    code: 'custom',
    field: 'body',
    message: `body is too long (maximum is ${longestBody} characters)`,
  },
]);

function isTooLong(body: unknown): boolean {
  return typeof body === 'string' && body.length > longestBody;
}

function namesIn(labels: unknown): string[] {
  if (!Array.isArray(labels)) return [];
  return labels.map((label: unknown) => String(isJsonObject(label) ? label['name'] : label));
}

function findIssue(
  { issues }: Repository,
  params: Readonly<Record<string, string>>,
): Issue | undefined {
  return issues.find(({ number }) => String(number) === params['issue_number']);
}

function matching(issues: readonly Issue[], query: URLSearchParams): Issue[] {
  const state = query.get('state') ?? 'open';
  const creator = query.get('creator');
  const since = query.get('since');
  const labels = query.get('labels')?.split(',') ?? [];
  return issues
    .filter((issue) => state === 'all' || issue.state === state)
    .filter((issue) => creator === null || issue.author === creator)
    .filter((issue) => since === null || Date.parse(issue.updatedAt) >= Date.parse(since))
    .filter((issue) => labels.every((label) => issue.labels.includes(label)));
}

/** The newest first, unless asked otherwise. */
function sorted(issues: readonly Issue[], query: URLSearchParams): Issue[] {
  const key = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const direction = query.get('direction') === 'asc' ? 1 : -1;
  const rank = (a: Issue, b: Issue) =>
    Date.parse(a[key]) - Date.parse(b[key]) || a.number - b.number;
  return issues.toSorted((a, b) => direction * rank(a, b));
}

function shapeIssue(repository: Repository, issue: Issue, apiUrl: string) {
  const url = `${apiUrl}/repos/${repository.name}/issues/${issue.number}`;
  const html_url = `${htmlUrl(repository)}/issues/${issue.number}`;
  const links = { url, html_url, diff_url: html_url, patch_url: html_url };
  return fromExample('issues/create', {
    id: repository.id * 10_000 + issue.number,
    number: issue.number,
    url,
    html_url,
    repository_url: `${apiUrl}/repos/${repository.name}`,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.stateReason,
    labels: issue.labels.map((name, index) => ({ id: index + 1, name, color: 'ededed' })),
    user: shapeUser(issue.author),
    assignee: null,
    assignees: [],
    milestone: null,
    comments: 0,
    pull_request: issue.isPullRequest ? links : undefined,
    closed_at: issue.state === 'closed' ? issue.updatedAt : null,
    closed_by: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
  });
}
