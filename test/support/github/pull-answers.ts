import { ok, page, refuse, textOf, type Asked, type RepositoryAnswers } from './answer.ts';
import { loginOf } from './callers.ts';
import { fromExample } from './description.ts';
import { longestBody } from './issue-answers.ts';
import { htmlUrl, ownerOf, shapeRepository, shapeUser } from './shapes.ts';
import {
  historyOf,
  resolveRef,
  type GithubWorld,
  type Issue,
  type PullRequest,
  type Repository,
} from './world.ts';

export function pullAnswers({ time }: GithubWorld): RepositoryAnswers {
  return {
    'pulls/create': (asked) => {
      const { apiUrl, body, caller, repository } = asked;
      const number = repository.issues.length + 1;
      const wanted: PullRequest = {
        number,
        head: String(body['head']).replace(`${ownerOf(repository)}:`, ''),
        base: String(body['base']),
        draft: body['draft'] === true,
      };
      const problem = problemOf(asked, wanted);
      if (problem !== null) return refuse(422, 'Validation Failed', [problem]);
      repository.pullRequests.push(wanted);
      repository.issues.push({
        number,
        title: String(body['title']),
        body: textOf(body, 'body'),
        state: 'open',
        stateReason: null,
        labels: [],
        author: loginOf(caller),
        isPullRequest: true,
        createdAt: time(),
        updatedAt: time(),
      });
      return { status: 201, json: shapePull(repository, wanted, apiUrl) };
    },
    'pulls/list': (asked) => {
      const { apiUrl, repository } = asked;
      const { headers, items } = page(asked, matching(asked, repository));
      return ok(
        items.map((pull) => shapePull(repository, pull, apiUrl)),
        headers,
      );
    },
  };
}

/** What GitHub has against a new pull request. */
function problemOf({ body, repository }: Asked & { repository: Repository }, wanted: PullRequest) {
  const { base, head } = wanted;
  const about = { resource: 'PullRequest' };
  for (const [field, branch] of [['head', head] as const, ['base', base] as const]) {
    if (!repository.branches.has(branch)) return { ...about, field, code: 'invalid' };
  }
  const message = messageAgainst(repository, wanted);
  if (message !== null) return { ...about, code: 'custom', message };
  if ((textOf(body, 'body') ?? '').length <= longestBody) return null;
  const words = `body is too long (maximum is ${longestBody} characters)`;
  return { ...about, field: 'body', code: 'custom', message: words };
}

function messageAgainst(repository: Repository, { base, head }: PullRequest): string | null {
  const same = repository.pullRequests.filter((pull) => pull.head === head && pull.base === base);
  if (same.some((pull) => issueOf(repository, pull).state === 'open')) {
    return `A pull request already exists for ${ownerOf(repository)}:${head}.`;
  }
  const [from, to] = [resolveRef(repository, base), resolveRef(repository, head)];
  const isBehind =
    from === undefined || to === undefined || [...historyOf(repository, from)].includes(to);
  return isBehind ? `No commits between ${base} and ${head}` : null;
}

/** A pull request is an issue with more to it. */
function issueOf({ issues }: Repository, { number }: PullRequest): Issue {
  const found = issues.find((issue) => issue.number === number);
  if (found === undefined) throw new Error(`There is no issue of pull request ${number}`);
  return found;
}

/** The newest first. */
function matching({ query }: Asked, repository: Repository): PullRequest[] {
  const state = query.get('state') ?? 'open';
  const head = query.get('head');
  const base = query.get('base');
  return repository.pullRequests
    .filter((pull) => state === 'all' || issueOf(repository, pull).state === state)
    .filter((pull) => head === null || `${ownerOf(repository)}:${pull.head}` === head)
    .filter((pull) => base === null || pull.base === base)
    .toReversed();
}

function shapePull(repository: Repository, pull: PullRequest, apiUrl: string) {
  const issue = issueOf(repository, pull);
  const { name } = repository;
  const url = `${apiUrl}/repos/${name}/pulls/${pull.number}`;
  const html_url = `${htmlUrl(repository)}/pull/${pull.number}`;
  const side = (branch: string) => ({
    label: `${ownerOf(repository)}:${branch}`,
    ref: branch,
    sha: repository.branches.get(branch) ?? '',
    user: shapeUser(ownerOf(repository)),
    repo: shapeRepository(repository, apiUrl),
  });
  return fromExample('pulls/create', {
    id: repository.id * 10_000 + pull.number,
    number: pull.number,
    url,
    html_url,
    diff_url: `${html_url}.diff`,
    patch_url: `${html_url}.patch`,
    issue_url: `${apiUrl}/repos/${name}/issues/${pull.number}`,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    draft: pull.draft,
    locked: false,
    user: shapeUser(issue.author),
    labels: [],
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: side(pull.head),
    base: side(pull.base),
    merged: false,
    merged_at: null,
    merged_by: null,
    merge_commit_sha: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.state === 'closed' ? issue.updatedAt : null,
  });
}
