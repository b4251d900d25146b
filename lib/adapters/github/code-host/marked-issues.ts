import { UpstreamError } from '../../../domain/errors.ts';
import type { CodeHost, MarkedIssue } from '../../../ports/code-host.ts';
import type { GithubAccess } from '../access/access.ts';
import type { GithubClient } from '../access/client.ts';
import { final } from '../requests/failures.ts';
import { carriesMarker, isSameText, issueTextOf } from './issue-marker.ts';
import {
  createIssue,
  getIssue,
  issuesOnPage,
  listIssuesOf,
  updateIssue,
  type ShownIssue,
} from './issues.ts';
import type { Identities } from '../access/own-identity.ts';
import { writeOnce } from '../requests/write-once.ts';

const mostPages = 50;

/** @returns `putIssue` of the code host */
export function createMarkedIssues(
  access: GithubAccess,
  whoWeAre: Identities,
): CodeHost['putIssue'] {
  // Looked at first: somebody may have opened thousands of issues with our token.
  const known = new Map<string, number>();
  return async (issue) => {
    const { marker, open, repository } = issue;
    const { login } = await whoWeAre(repository);
    const client = await access.clientFor(repository);
    const key = `${repository.toLowerCase()} ${marker}`;
    const find = () => findIssue(client, { marker, repository, login }, known.get(key));
    const wanted = issueTextOf(issue);
    const there = await find();
    if (there === undefined && !open) return null;
    const shown = there ?? (await writeOnce(() => createIssue(client, repository, wanted), find));
    const { html_url: url, number } = shown;
    known.set(key, number);
    if (!isSameText(shown, wanted)) await updateIssue(client, { repository, number }, wanted);
    return { number, url };
  };
}

interface Wanted extends Pick<MarkedIssue, 'marker' | 'repository'> {
  login: string;
}

/** @param known number of the issue that was found before */
async function findIssue(
  client: GithubClient,
  wanted: Wanted,
  known: number | undefined,
): Promise<ShownIssue | undefined> {
  const there = known === undefined ? undefined : await getKnown(client, wanted, known);
  return there ?? findOldest(client, wanted);
}

/** Undefined where it is that no more: deleted, moved to another repository, or without its marker. */
async function getKnown(
  client: GithubClient,
  wanted: Wanted,
  number: number,
): Promise<ShownIssue | undefined> {
  try {
    const shown = await getIssue(client, { repository: wanted.repository, number });
    return shown.number === number && isWanted(shown, wanted) ? shown : undefined;
  } catch (error) {
    if (error instanceof UpstreamError && (error.status === 404 || error.status === 410)) {
      return undefined;
    }
    throw error;
  }
}

/** The search of GitHub lags behind what was written, a list does not. */
async function findOldest(client: GithubClient, wanted: Wanted): Promise<ShownIssue | undefined> {
  const { login, repository } = wanted;
  for (let page = 1; page <= mostPages; page += 1) {
    const issues = await listIssuesOf(client, { repository, login, page });
    const found = issues.find((shown) => isWanted(shown, wanted));
    if (found !== undefined || issues.length < issuesOnPage) return found;
  }
  const advice = 'Give this system a user or a GitHub App of its own.';
  throw final(`${login} has opened too many issues in ${repository} to look through. ${advice}`);
}

/** Anybody could write the marker into an issue of theirs: only our own count. */
function isWanted({ body, pull_request: pull, user }: ShownIssue, { login, marker }: Wanted) {
  const isOurs = user?.login.toLowerCase() === login.toLowerCase();
  return pull === undefined && isOurs && carriesMarker(body, marker);
}
