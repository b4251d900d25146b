import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import type { GithubClient } from '../access/client.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { requestJson } from '../requests/request.ts';

/** GitHub tells no more of a comparison, and not how many there are. */
const mostFiles = 300;

const comparisonSchema = z.object({
  /** How the head lies to the base: `ahead`, `identical`, `behind`, `diverged`. */
  status: z.string(),
  files: z
    .array(z.object({ filename: z.string(), previous_filename: z.string().optional() }))
    .default([]),
});

interface Range {
  repository: string;
  base: string;
  head: string;
}

/** Paths that were added, changed, removed or left behind; null where GitHub cannot tell all of them. */
export async function listChangedPaths(
  client: GithubClient,
  range: Range,
): Promise<string[] | null> {
  const comparison = await compare(client, range).catch(nullIfUnknown);
  if (comparison === null) return null;
  const { files, status } = comparison;
  // A comparison starts where the histories part: what was on the old side only is not in it.
  if (status !== 'ahead' && status !== 'identical') return null;
  if (files.length >= mostFiles) return null;
  const paths = files.flatMap(({ filename, previous_filename: before }) =>
    before === undefined ? [filename] : [filename, before],
  );
  return [...new Set(paths)];
}

function compare(client: GithubClient, { base, head, repository }: Range) {
  return requestJson(client, {
    route: 'GET /repos/{owner}/{repo}/compare/{basehead}',
    // The pages are of commits, which nobody asks for; the first one has all files.
    parameters: { ...repositoryParts(repository), basehead: `${base}...${head}`, per_page: 1 },
    schema: comparisonSchema,
    subject: `what changed in ${repository}`,
    right: 'Contents: read',
  });
}

/** The base is gone (404), or GitHub takes too long to compare (500, 503), which it will again. */
function nullIfUnknown(error: unknown): null {
  if (error instanceof UpstreamError && [404, 500, 503].includes(error.status ?? 0)) return null;
  throw error;
}
