import type { CodeHost } from '../../../ports/code-host.ts';
import type { GithubAccess } from '../access/access.ts';
import { listChangedPaths } from './changed-paths.ts';
import { createCheckRuns } from './check-runs.ts';
import { setCommitStatus } from './commit-statuses.ts';
import { getHead } from './heads.ts';
import { createMarkedIssues } from './marked-issues.ts';
import { createIdentities } from '../access/own-identity.ts';

/** GitHub as a place to answer, and to ask what has changed. */
export function createCodeHost(access: GithubAccess): CodeHost {
  const whoWeAre = createIdentities(access);
  return {
    isConfigured: async () => (await access.kind()) !== 'none',
    setCommitStatus: async (status) =>
      setCommitStatus(await access.clientFor(status.repository), status),
    putCheckRun: createCheckRuns(access, whoWeAre),
    putIssue: createMarkedIssues(access, whoWeAre),
    getHead: async (repository, known, branch) =>
      getHead(await access.clientFor(repository), { repository, branch: branch ?? null }, known),
    listChangedPaths: async (repository, base, head) =>
      listChangedPaths(await access.clientFor(repository), { repository, base, head }),
  };
}
