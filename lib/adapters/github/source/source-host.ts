import type { Octokit } from '@octokit/core';
import { z } from 'zod';
import type { GithubSource } from '../../../domain/source.ts';
import type { SourceHost } from '../../../ports/source-host.ts';
import { outsideAddressSchema } from '../../../runtime/config-schema.ts';
import type { GithubAccess } from '../access/access.ts';
import { download, type DownloadLimits } from './archive-download.ts';
import { readArchive, type ArchiveLimits } from './archive-entries.ts';
import { final, passing, type Refusal } from '../requests/failures.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { toFailure } from '../requests/request.ts';
import { explainSourceRefusal } from './source-refusal.ts';

export interface GithubSourceOptions {
  download?: Partial<DownloadLimits>;
  archive?: Partial<ArchiveLimits>;
}

const downloadLimits: DownloadLimits = { maxBytes: 500e6, totalMs: 300_000, stallMs: 30_000 };
const archiveLimits: ArchiveLimits = { maxBytes: 2e9, maxEntries: 200_000 };

const commitSchema = z.string().regex(/^[0-9a-f]{40}$/);

/**
 * Repositories on GitHub as sources: the archive of one commit, read while it arrives; no git needed, and
 * nothing of it on a disk.
 */
export function createGithubSourceHost(
  access: GithubAccess,
  options: GithubSourceOptions = {},
): SourceHost<GithubSource> {
  const limits = { ...downloadLimits, ...options.download };
  const { apiUrl } = access;
  return {
    open: async (source) => {
      const client = await access.clientFor(source.repository);
      const explain = (refusal: Refusal) =>
        explainSourceRefusal(refusal, source, client.credential);
      try {
        // Whether a commit that is named is there, its archive tells.
        const commit = source.atCommit ?? (await resolveCommit(client, source));
        const address = await locateArchive(client, { source, commit, apiUrl });
        const bytes = download(address, limits, explain);
        const entries = readArchive(bytes, { ...archiveLimits, ...options.archive });
        return { commit, entries };
      } catch (error) {
        throw toFailure(error, explain);
      }
    },
  };
}

async function resolveCommit(client: Octokit, source: GithubSource): Promise<string> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/commits/{ref}', {
    ...repositoryParts(source.repository),
    ref: source.ref ?? 'HEAD',
    // The bare name: the commit with all its changes could be megabytes.
    headers: { accept: 'application/vnd.github.sha' },
  });
  const commit = commitSchema.safeParse(data);
  // A body that breaks off arrives as an empty text, with status 200.
  if (!commit.success) throw passing("GitHub's answer about the commit is cut off or unknown.");
  return commit.data;
}

const mostRedirects = 3;

/** Follows redirects with the token inside the API (a renamed repository), and stops where they leave it. */
async function locateArchive(
  client: Octokit,
  { apiUrl, commit, source }: { apiUrl: string; commit: string; source: GithubSource },
): Promise<string> {
  const { owner, repo } = repositoryParts(source.repository);
  let address = `/repos/${owner}/${repo}/tarball/${commit}`;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const { data, headers } = await client.request(`GET ${address}`, {
      request: { redirect: 'manual', parseSuccessResponseBody: false },
    });
    // What has broken off already cannot be cancelled.
    if (data instanceof ReadableStream) await data.cancel().catch(() => undefined);
    // From something in between: GitHub itself redirects.
    if (headers.location === undefined)
      throw passing("GitHub's answer about the archive is cut off.");
    const location = outsideAddressSchema.safeParse(headers.location);
    if (!location.success) break;
    // An Enterprise Server has both on one host, apart by their paths.
    if (!location.data.startsWith(`${apiUrl}/`)) return location.data;
    address = location.data;
  }
  throw final("GitHub's answer does not say where the archive is.");
}
