import type { CodeHostAdmin, RepositoryAccess } from '../../../lib/ports/code-host-admin.ts';
import { githubSourceWord, type Config } from '../../../lib/runtime/config-schema.ts';
import { ok, orFailure, problem, type CheckLine } from './check-line.ts';
import { mapAtOnce } from './map-at-once.ts';

type Repository = Config['repositories'][number];

const requestsAtOnce = 8;

/** A right on GitHub, in the words of its settings for fine-grained tokens and Apps. */
interface Right {
  /** As the API names it. */
  permission: 'contents' | 'statuses' | 'checks' | 'issues';
  level: 'read' | 'write';
  title: string;
}

const rightOf: Record<Repository['githubReport'], Right | undefined> = {
  none: undefined,
  'commit-status': { permission: 'statuses', level: 'write', title: 'Commit statuses: write' },
  'check-run': { permission: 'checks', level: 'write', title: 'Checks: write' },
  issue: { permission: 'issues', level: 'write', title: 'Issues: write' },
};

const contents: Right = { permission: 'contents', level: 'read', title: 'Contents: read' };

/** Repositories for which GitHub is asked or answered. */
export function listGithubRepositories({ repositories }: Config): Repository[] {
  return repositories.filter(
    ({ analyseOnPush, githubReport, name, source }) =>
      source === githubSourceWord ||
      githubReport !== 'none' ||
      (analyseOnPush && name.split('/').length === 2),
  );
}

/** Whether we may do with each repository what the configuration asks for. */
export async function checkRepositories(
  admin: CodeHostAdmin,
  repositories: readonly Repository[],
): Promise<CheckLine[]> {
  const lines = await mapAtOnce(repositories, requestsAtOnce, (repository) => {
    const place = { area: 'Repositories', subject: repository.name } as const;
    return orFailure(place, async () => [
      judge(repository, await admin.getAccess(repository.name), place),
    ]);
  });
  return lines.flat();
}

function judge(
  repository: Repository,
  access: RepositoryAccess | undefined,
  place: { area: 'Repositories'; subject: string },
): CheckLine {
  const needed = neededRights(repository);
  const titles = needed.map(({ title }) => title).join(', ');
  if (access === undefined) {
    const advice = `give the token (or install the App with) ${titles} for it`;
    return problem(place, 'cannot be seen', advice);
  }
  const missing = needed.filter((right) => !isGranted(right, access));
  if (missing.length === 0) return ok(place, titles);
  const [first] = missing;
  const advice =
    first?.permission === 'checks' && access.permissions === null
      ? "check runs need a GitHub App: set one up, or use githubReport: 'commit-status'"
      : `grant ${missing.map(({ title }) => title).join(', ')}`;
  return problem(place, `not granted: ${missing.map(({ title }) => title).join(', ')}`, advice);
}

function neededRights({ githubReport }: Repository): Right[] {
  const report = rightOf[githubReport];
  return report === undefined ? [contents] : [contents, report];
}

const writingRoles: ReadonlySet<RepositoryAccess['role']> = new Set(['write', 'maintain', 'admin']);

/** A fine-grained token may have less than its owner: that shows at use only. */
function isGranted({ level, permission }: Right, { permissions, role }: RepositoryAccess): boolean {
  if (permissions !== null) {
    const granted = permissions[permission];
    return granted === 'write' || granted === 'admin' || (level === 'read' && granted === 'read');
  }
  if (permission === 'checks') return false;
  return permission === 'statuses' ? writingRoles.has(role) : role !== null;
}
