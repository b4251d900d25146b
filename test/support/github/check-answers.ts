import { isJsonObject, type JsonObject } from '../../../lib/domain/json-fields.ts';
import { ok, page, refuse, textOf, type RepositoryAnswers } from './answer.ts';
import { fromExample } from './description.ts';
import type { AppSeed } from './seed.ts';
import { htmlUrl, shapeApp } from './shapes.ts';
import { resolveRef, type CheckRun, type GithubWorld, type Repository } from './world.ts';

/** Bytes, although GitHub's description says characters. @see https://github.com/github/docs/issues/35252 */
const largestText = 65_535;

/** @param app the only one that writes here; others may have written before */
export function checkAnswers(
  { nextId, time }: GithubWorld,
  app: AppSeed | undefined,
): RepositoryAnswers {
  const shape = (repository: Repository, check: CheckRun, apiUrl: string) =>
    shapeCheck({ repository, check, apiUrl, app });
  return {
    'checks/create': ({ apiUrl, body, repository }) => {
      const commit = String(body['head_sha']);
      if (!repository.commits.has(commit)) return refuse(422, `No commit found for SHA: ${commit}`);
      if (isTooLarge(body)) return tooLarge;
      const begun: CheckRun = {
        id: nextId(),
        appId: app?.id ?? 0,
        commit,
        name: '',
        status: 'queued',
        conclusion: null,
        externalId: '',
        detailsUrl: '',
        output: { title: null, summary: null, text: null },
        startedAt: time(),
        completedAt: null,
      };
      const check = changed(begun, body, time());
      repository.checkRuns.push(check);
      return { status: 201, json: shape(repository, check, apiUrl) };
    },
    'checks/update': ({ apiUrl, body, params, repository }) => {
      const index = repository.checkRuns.findIndex(
        ({ id }) => String(id) === params['check_run_id'],
      );
      const before = repository.checkRuns[index];
      if (before === undefined) return refuse(404, 'Not Found');
      if (before.appId !== app?.id) return refuse(403, 'Invalid app_id');
      if (isTooLarge(body)) return tooLarge;
      const check = changed(before, body, time());
      repository.checkRuns[index] = check;
      return ok(shape(repository, check, apiUrl));
    },
    'checks/list-for-ref': (asked) => {
      const { apiUrl, params, query, repository } = asked;
      const commit = resolveRef(repository, params['ref'] ?? '');
      if (commit === undefined) return refuse(422, `No commit found for SHA: ${params['ref']}`);
      const found = matching(repository.checkRuns, commit.sha, query);
      const { headers, items } = page(asked, found);
      const check_runs = items.map((check) => shape(repository, check, apiUrl));
      return ok({ total_count: found.length, check_runs }, headers);
    },
  };
}

const tooLarge = refuse(422, 'Invalid request. Only 65535 bytes are allowed.');

function isTooLarge({ output }: JsonObject): boolean {
  if (!isJsonObject(output)) return false;
  const texts = [textOf(output, 'summary'), textOf(output, 'text')];
  return texts.some((text) => Buffer.byteLength(text ?? '') > largestText);
}

function changed(check: CheckRun, body: JsonObject, time: string): CheckRun {
  const conclusion = textOf(body, 'conclusion');
  const status = conclusion === null ? textOf(body, 'status') : 'completed';
  const output = isJsonObject(body['output']) ? body['output'] : undefined;
  const isOver = (status ?? check.status) === 'completed';
  return {
    ...check,
    name: textOf(body, 'name') ?? check.name,
    status: status ?? check.status,
    conclusion: isOver ? (conclusion ?? check.conclusion) : null,
    externalId: textOf(body, 'external_id') ?? check.externalId,
    detailsUrl: textOf(body, 'details_url') ?? check.detailsUrl,
    completedAt: isOver ? (textOf(body, 'completed_at') ?? time) : null,
    output:
      output === undefined
        ? check.output
        : {
            title: textOf(output, 'title') ?? check.output.title,
            summary: textOf(output, 'summary'),
            text: textOf(output, 'text'),
          },
  };
}

/** Newest first; of several of one App with one name the newest alone, unless all are asked for. */
function matching(checks: readonly CheckRun[], commit: string, query: URLSearchParams): CheckRun[] {
  const name = query.get('check_name');
  const status = query.get('status');
  const appId = query.get('app_id');
  const found = checks
    .filter((check) => check.commit === commit)
    .filter((check) => appId === null || String(check.appId) === appId)
    .filter((check) => name === null || check.name === name)
    .filter((check) => status === null || check.status === status);
  if (query.get('filter') === 'all') return found.toReversed();
  const latest = new Map(found.map((check) => [`${check.appId} ${check.name}`, check]));
  return [...latest.values()].toReversed();
}

const otherApp = fromExample('apps/get-authenticated', {});

interface Shown {
  repository: Repository;
  check: CheckRun;
  apiUrl: string;
  app: AppSeed | undefined;
}

function shapeCheck({ apiUrl, app, check, repository }: Shown) {
  const url = `${apiUrl}/repos/${repository.name}/check-runs/${check.id}`;
  return fromExample('checks/create', {
    id: check.id,
    name: check.name,
    head_sha: check.commit,
    external_id: check.externalId,
    url,
    html_url: `${htmlUrl(repository)}/runs/${check.id}`,
    details_url: check.detailsUrl,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: { ...check.output, annotations_count: 0, annotations_url: `${url}/annotations` },
    pull_requests: [],
    app: app?.id === check.appId ? shapeApp(app) : { ...otherApp, id: check.appId },
  });
}
