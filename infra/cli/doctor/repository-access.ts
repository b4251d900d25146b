import type {
  CodeHostAdmin,
  CodeHostIdentity,
  RepositoryAccess,
} from '../../../lib/ports/code-host-admin.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { askGithub } from '../ask-github.ts';
import { ok, orFailure, problem, type CheckLine, type Place } from './check-line.ts';

type Repository = Config['repositories'][number];

/** A right on GitHub, in the words of its settings for fine-grained tokens and Apps. */
interface Right {
  /** As the API names it. */
  permission: 'contents' | 'statuses' | 'checks' | 'issues';
  level: 'read' | 'write';
  title: string;
  /** Roles of the user behind a token; empty: no token will do. */
  roles: readonly RepositoryAccess['role'][];
  /** Of a classic token, each of which is enough; null: none is needed. */
  scopes: readonly string[] | null;
}

const writers = ['write', 'maintain', 'admin'] as const;
const anybody = ['read', 'triage', ...writers] as const;

const contents: Right = {
  permission: 'contents',
  level: 'read',
  title: 'Contents: read',
  roles: anybody,
  scopes: null,
};

const rightsFor: Record<Repository['githubReport'], readonly Right[]> = {
  none: [contents],
  'commit-status': [
    contents,
    {
      permission: 'statuses',
      level: 'write',
      title: 'Commit statuses: write',
      roles: writers,
      scopes: ['repo', 'public_repo', 'repo:status'],
    },
  ],
  'check-run': [
    contents,
    { permission: 'checks', level: 'write', title: 'Checks: write', roles: [], scopes: null },
  ],
  issue: [
    contents,
    {
      permission: 'issues',
      level: 'write',
      title: 'Issues: write',
      roles: anybody,
      scopes: ['repo', 'public_repo'],
    },
  ],
};

/** Whether we may do with each repository what the configuration asks for. */
export async function checkRepositories(
  admin: CodeHostAdmin,
  repositories: readonly Repository[],
  identity: CodeHostIdentity,
): Promise<CheckLine[]> {
  const lines = await askGithub('repositories', repositories, (repository) => {
    const place = { area: 'Repositories', subject: repository.name } as const;
    return orFailure(place, async () => {
      const access = await admin.getAccess(repository.name);
      return [judge(rightsFor[repository.githubReport], { access, identity, place })];
    });
  });
  return lines.flat();
}

interface Seen {
  place: Place;
  identity: CodeHostIdentity;
  access: RepositoryAccess | undefined;
}

function judge(needed: readonly Right[], { access, identity, place }: Seen): CheckLine {
  if (access === undefined) {
    return problem(place, 'cannot be seen', adviceToSee(identity, titlesOf(needed)));
  }
  const missing = needed.filter((right) => !isGranted(right, access, identity));
  if (missing.length > 0) {
    const advice = adviceToGrant(missing, identity);
    return problem(place, `not granted: ${titlesOf(missing)}`, advice);
  }
  return ok(place, describeAccess(access, identity, titlesOf(needed)));
}

function titlesOf(rights: readonly Right[]): string {
  return rights.map(({ title }) => title).join(', ');
}

function isGranted(
  { level, permission, roles, scopes: enough }: Right,
  { permissions, role }: RepositoryAccess,
  { kind, scopes }: CodeHostIdentity,
): boolean {
  if (permissions !== null) {
    const granted = permissions[permission];
    return granted === 'write' || granted === 'admin' || granted === level;
  }
  if (kind === 'none') return level === 'read';
  if (!roles.includes(role)) return false;
  // Of a fine-grained token, GitHub tells what its owner may, not what the token may.
  return scopes === null || enough === null || enough.some((scope) => scopes.includes(scope));
}

/** All that an App's installation may do: its owner has accepted that for this repository. */
function describeAccess(
  { permissions, role }: RepositoryAccess,
  { kind, scopes }: CodeHostIdentity,
  titles: string,
): string {
  if (permissions !== null) {
    const granted = Object.entries(permissions).toSorted(([one], [other]) =>
      one.localeCompare(other),
    );
    return `installed with ${granted.map(([name, level]) => `${name}: ${level}`).join(', ')}`;
  }
  if (kind === 'none') return `public · ${titles}`;
  return scopes === null
    ? `your role is ${role}; the token itself needs ${titles}`
    : `your role is ${role} · ${titles}`;
}

function adviceToSee({ kind }: CodeHostIdentity, titles: string): string {
  if (kind === 'none') return `set a GITHUB_TOKEN that has ${titles} for it, or correct its name`;
  return kind === 'app'
    ? `install the App there with ${titles}, or correct its name`
    : `give the token ${titles} for it, or correct its name`;
}

function adviceToGrant(missing: readonly Right[], { kind, scopes }: CodeHostIdentity): string {
  const [first] = missing;
  if (kind !== 'app' && first?.permission === 'checks') {
    return "check runs need a GitHub App: set one up, or use githubReport: 'commit-status'";
  }
  if (kind === 'app') {
    return `give the App ${titlesOf(missing)}, and accept that where it is installed`;
  }
  const scope = first?.scopes?.[0];
  const token =
    scopes === null || scope === undefined ? '' : `, and a classic token the scope ${scope}`;
  return `its owner needs a role that may write there${token}`;
}
