import { ok, page, refuse, textOf, type RepositoryAnswers } from './answer.ts';
import { loginOf } from './callers.ts';
import { fromExample } from './description.ts';
import { shapeRepository, shapeUser } from './shapes.ts';
import { resolveRef, type GithubWorld, type Repository, type Status } from './world.ts';

/** GitHub takes no more of one context at one commit. */
const mostStatuses = 1_000;
const longestDescription = 140;

export function statusAnswers({ nextId, time }: GithubWorld): RepositoryAnswers {
  return {
    'repos/create-commit-status': ({ apiUrl, body, caller, params, repository }) => {
      const commit = params['sha'] ?? '';
      if (!repository.commits.has(commit)) return refuse(422, `No commit found for SHA: ${commit}`);
      const status: Status = {
        id: nextId(),
        commit,
        state: String(body['state']),
        context: textOf(body, 'context') ?? 'default',
        description: textOf(body, 'description'),
        targetUrl: textOf(body, 'target_url'),
        creator: loginOf(caller),
        createdAt: time(),
      };
      const problem = problemOf(repository, status);
      if (problem !== null) return refuse(422, 'Validation Failed', [problem]);
      repository.statuses.push(status);
      return { status: 201, json: shapeStatus(repository, status, apiUrl) };
    },
    'repos/list-commit-statuses-for-ref': (asked) => {
      const { apiUrl, params, repository } = asked;
      const found = statusesOf(repository, params['ref'] ?? '');
      const { headers, items } = page(asked, found);
      return ok(
        items.map((status) => shapeStatus(repository, status, apiUrl)),
        headers,
      );
    },
    'repos/get-combined-status-for-ref': (asked) => {
      const { apiUrl, params, repository } = asked;
      const commit = resolveRef(repository, params['ref'] ?? '');
      if (commit === undefined) return refuse(404, 'Not Found');
      const latest = latestOf(statusesOf(repository, commit.sha));
      const { headers, items } = page(asked, latest);
      const combined = fromExample('repos/get-combined-status-for-ref', {
        state: combine(latest),
        statuses: items.map((status) => shapeStatus(repository, status, apiUrl)),
        sha: commit.sha,
        total_count: latest.length,
        repository: shapeRepository(repository, apiUrl),
      });
      return ok(combined, headers);
    },
  };
}

function problemOf({ statuses }: Repository, status: Status): object | null {
  const error = { resource: 'Status', code: 'custom' };
  const { commit, context, description } = status;
  if (description !== null && description.length > longestDescription) {
    const message = `description is too long (maximum is ${longestDescription} characters)`;
    return { ...error, field: 'description', message };
  }
  const before = statuses.filter((one) => one.commit === commit && one.context === context);
  if (before.length < mostStatuses) return null;
  const message = 'This SHA and context has reached the maximum number of statuses.';
  return { ...error, field: 'context', message };
}

/** Newest first. */
function statusesOf(repository: Repository, ref: string): Status[] {
  const sha = resolveRef(repository, ref)?.sha;
  return repository.statuses.filter(({ commit }) => commit === sha).toReversed();
}

function latestOf(statuses: readonly Status[]): Status[] {
  const byContext = new Map(statuses.toReversed().map((status) => [status.context, status]));
  return [...byContext.values()];
}

function combine(statuses: readonly Status[]): string {
  const states = new Set(statuses.map(({ state }) => state));
  if (states.has('failure') || states.has('error')) return 'failure';
  return states.size === 0 || states.has('pending') ? 'pending' : 'success';
}

function shapeStatus(repository: Repository, status: Status, apiUrl: string) {
  return fromExample('repos/create-commit-status', {
    url: `${apiUrl}/repos/${repository.name}/statuses/${status.commit}`,
    id: status.id,
    state: status.state,
    context: status.context,
    description: status.description,
    target_url: status.targetUrl,
    creator: shapeUser(status.creator),
    created_at: status.createdAt,
    updated_at: status.createdAt,
  });
}
