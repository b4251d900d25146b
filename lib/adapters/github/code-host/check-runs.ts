import { z } from 'zod';
import { oneLineText, shorten } from '../../../domain/plain-text.ts';
import type { CheckRun, CodeHost } from '../../../ports/code-host.ts';
import type { GithubAccess } from '../access/access.ts';
import type { GithubClient } from '../access/client.ts';
import { final } from '../requests/failures.ts';
import { fitMarkdown } from './fit-markdown.ts';
import type { Identities } from '../access/own-identity.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { requestJson } from '../requests/request.ts';
import { explainUnknownCommit } from './unknown-commit.ts';
import { writeOnce } from '../requests/write-once.ts';

/** Bytes, although GitHub's description says characters. @see https://github.com/github/docs/issues/35252 */
const largestSummary = 65_535;
const longestTitle = 255;

const runSchema = z.object({
  id: z.union([z.int(), z.bigint()]).transform(String),
  html_url: z.string().nullable(),
  status: z.string(),
  conclusion: z.string().nullable(),
  details_url: z.string().nullable(),
  external_id: z.string().nullable(),
  output: z.object({ title: z.string().nullable(), summary: z.string().nullable() }),
});
const runsSchema = z.object({ check_runs: z.array(runSchema) });
type ShownRun = z.infer<typeof runSchema>;

/** @returns `putCheckRun` of the code host */
export function createCheckRuns(
  access: GithubAccess,
  whoWeAre: Identities,
): CodeHost['putCheckRun'] {
  return async (check) => {
    const { appId } = await whoWeAre(check.repository);
    if (appId === null) {
      throw final('Check runs need a GitHub App. Set one up, or ask for `commit-status` instead.');
    }
    const client = await access.clientFor(check.repository);
    try {
      return await putRun(client, check, appId);
    } catch (error) {
      throw explainUnknownCommit(error, check);
    }
  };
}

async function putRun(
  client: GithubClient,
  check: CheckRun,
  appId: number,
): Promise<{ url: string }> {
  const find = () => findRun(client, check, appId);
  const wanted = fieldsOf(check);
  const there = await find();
  const shown = there ?? (await writeOnce(() => createRun(client, check, wanted), find));
  const run = shows(shown, wanted)
    ? shown
    : await updateRun(client, check, { ...wanted, id: shown.id });
  return { url: run.html_url ?? check.url };
}

type WantedRun = ReturnType<typeof fieldsOf>;

function fieldsOf(check: CheckRun) {
  const { conclusion, externalId, summary, title, url } = check;
  const outcome =
    conclusion === null ? { status: 'in_progress' } : { status: 'completed', conclusion };
  return {
    ...outcome,
    details_url: url,
    external_id: externalId,
    output: {
      title: shorten(oneLineText(title), longestTitle),
      summary: fitMarkdown(summary, {
        most: largestSummary,
        sizeOf: (text) => Buffer.byteLength(text),
        notice: `> This is the beginning; [all of it](${url}) is too long for GitHub.`,
      }),
    },
  };
}

function shows(run: ShownRun, wanted: WantedRun): boolean {
  const { details_url, external_id, output, status } = wanted;
  const conclusion = 'conclusion' in wanted ? wanted.conclusion : null;
  return (
    run.status === status &&
    run.conclusion === conclusion &&
    run.details_url === details_url &&
    run.external_id === external_id &&
    run.output.title === output.title &&
    run.output.summary === output.summary
  );
}

/** Only those of our own App: another one's of the same name is not ours to change. */
async function findRun(
  client: GithubClient,
  { commit, name, repository }: CheckRun,
  appId: number,
): Promise<ShownRun | undefined> {
  const { check_runs: runs } = await requestJson(client, {
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    parameters: {
      ...repositoryParts(repository),
      ref: commit,
      check_name: name,
      filter: 'latest',
      app_id: appId,
    },
    schema: runsSchema,
    subject: `the check runs at commit ${commit} of ${repository}`,
    right: 'Checks: read',
  });
  return runs[0];
}

function createRun(client: GithubClient, check: CheckRun, wanted: WantedRun): Promise<ShownRun> {
  const { commit, name, repository } = check;
  return requestJson(client, {
    route: 'POST /repos/{owner}/{repo}/check-runs',
    parameters: { ...repositoryParts(repository), name, head_sha: commit, ...wanted },
    schema: runSchema,
    subject: `a check run at commit ${commit} of ${repository}`,
    right: 'Checks: write',
  });
}

function updateRun(
  client: GithubClient,
  { commit, repository }: CheckRun,
  { id, ...wanted }: WantedRun & { id: string },
): Promise<ShownRun> {
  return requestJson(client, {
    route: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
    parameters: { ...repositoryParts(repository), check_run_id: id, ...wanted },
    schema: runSchema,
    subject: `the check run at commit ${commit} of ${repository}`,
    right: 'Checks: write',
  });
}
