import { refuse, type Reply } from './answer.ts';
import type { Caller } from './callers.ts';
import type { OperationId } from './operations.ts';
import { roles, type Role, type TokenSeed } from './seed.ts';
import type { Repository } from './world.ts';

/** What it takes to be allowed an operation. */
interface Right {
  /** Of an installation, with the level in it. */
  permission: string;
  level: 'read' | 'write';
  /** Of the user behind a token; null: no token will do. */
  role: Role | null;
}

const contents: Right = { permission: 'contents', level: 'read', role: 'read' };
const readChecks: Right = { permission: 'checks', level: 'read', role: 'read' };
const writeChecks: Right = { permission: 'checks', level: 'write', role: null };
const readStatuses: Right = { permission: 'statuses', level: 'read', role: 'read' };
const readIssues: Right = { permission: 'issues', level: 'read', role: 'read' };
const repositoryHooks: Right = { permission: 'repository_hooks', level: 'write', role: 'admin' };
const organisationHooks: Right = {
  permission: 'organization_hooks',
  level: 'write',
  role: 'admin',
};

const rights: Partial<Record<OperationId, Right>> = {
  'checks/create': writeChecks,
  'checks/list-for-ref': readChecks,
  'checks/update': writeChecks,
  'git/get-tree': contents,
  'issues/create': { permission: 'issues', level: 'write', role: 'read' },
  'issues/get': readIssues,
  'issues/list-for-repo': readIssues,
  'issues/update': { permission: 'issues', level: 'write', role: 'triage' },
  'pulls/create': { permission: 'pull_requests', level: 'write', role: 'read' },
  'pulls/list': { permission: 'pull_requests', level: 'read', role: 'read' },
  'repos/compare-commits-with-basehead': contents,
  'repos/create-commit-status': { permission: 'statuses', level: 'write', role: 'write' },
  'repos/download-tarball-archive': contents,
  'repos/get': { permission: 'metadata', level: 'read', role: 'read' },
  'repos/get-branch': contents,
  'repos/get-combined-status-for-ref': readStatuses,
  'repos/get-commit': contents,
  'repos/list-commit-statuses-for-ref': readStatuses,
};

/** Operations of the App itself, which take its JWT and nothing else. */
const ofApp = new Set<OperationId>([
  'apps/create-installation-access-token',
  'apps/get-authenticated',
  'apps/get-org-installation',
  'apps/get-repo-installation',
  'apps/get-user-installation',
  'apps/get-webhook-config-for-app',
  'apps/get-webhook-delivery',
  'apps/list-installations',
  'apps/list-webhook-deliveries',
  'apps/redeliver-webhook-delivery',
  'apps/update-webhook-config-for-app',
]);

/** Scopes of a classic token that let it do what its user may; one of them is enough. */
const scopesFor: Record<string, readonly string[]> = {
  repository_hooks: ['admin:repo_hook', 'repo'],
  organization_hooks: ['admin:org_hook'],
  statuses: ['repo:status', 'repo'],
  contents: ['public_repo', 'repo'],
  issues: ['public_repo', 'repo'],
  pull_requests: ['public_repo', 'repo'],
};

function rightFor(id: OperationId): Right | undefined {
  if (id.includes('webhook')) return id.startsWith('orgs/') ? organisationHooks : repositoryHooks;
  return rights[id];
}

/**
 * What GitHub says to a caller who may not; null for one who may.
 * @param repository the one that the operation is about, if any
 */
export function refusalFor(
  id: OperationId,
  caller: Caller,
  repository: Repository | undefined,
): Reply | null {
  if (ofApp.has(id)) return caller.kind === 'app' ? null : noAppToken;
  if (id === 'rate-limit/get') return null;
  if (caller.kind === 'app') return noAppToken;
  if (id === 'users/get-authenticated' && caller.kind !== 'token') return notForAnApp(caller);
  if (id === 'apps/list-repos-accessible-to-installation') {
    return caller.kind === 'installation' ? null : needsInstallation;
  }
  if (repository !== undefined && !maySee(caller, repository)) return refuse(404, 'Not Found');
  const right = rightFor(id);
  return right === undefined ? null : lackOf(right, caller);
}

const noAppToken = refuse(401, 'A JSON web token could not be decoded');
const needsInstallation = refuse(403, 'You must authenticate with an installation access token');

function notForAnApp(caller: Caller): Reply {
  if (caller.kind === 'none') return refuse(401, 'Requires authentication');
  return refuse(403, 'Resource not accessible by integration');
}

function lackOf({ level, permission, role }: Right, caller: Caller): Reply | null {
  const isHook = permission.endsWith('_hooks');
  if (caller.kind === 'none') {
    if (isHook) return refuse(404, 'Not Found');
    return level === 'read' ? null : refuse(401, 'Requires authentication');
  }
  if (caller.kind === 'installation') {
    const granted = permission === 'metadata' ? 'read' : caller.permissions[permission];
    const isEnough = granted === 'write' || granted === level;
    return isEnough ? null : refuse(403, 'Resource not accessible by integration');
  }
  if (caller.kind === 'app') return noAppToken;
  if (role === null) return refuse(403, 'You must authenticate via a GitHub App.');
  const hasRole = roles.indexOf(caller.role ?? 'admin') >= roles.indexOf(role);
  if (hasRole && (level === 'read' || hasScope(caller, permission))) return null;
  if (isHook) return refuse(404, 'Not Found');
  return refuse(403, 'Resource not accessible by personal access token');
}

/** A fine-grained token has no scopes, and may here what its user may. */
function hasScope({ scopes = null }: TokenSeed, permission: string): boolean {
  const enough = scopesFor[permission];
  if (scopes === null || enough === undefined) return true;
  return enough.some((scope) => scopes.includes(scope));
}

/** Whether somebody who sees a repository may push to it. */
export function mayPush(caller: Caller): boolean {
  return lackOf({ permission: 'contents', level: 'write', role: 'write' }, caller) === null;
}

export function maySee(caller: Caller, repository: Repository): boolean {
  if (caller.kind === 'installation') {
    return isInstalledOn(caller.installation, repository.name) && isAmong(caller, repository.name);
  }
  return caller.kind === 'token' || !repository.private;
}

function isAmong(
  { repositories }: { repositories: readonly string[] | null },
  name: string,
): boolean {
  return repositories === null || repositories.includes(name.split('/')[1] ?? '');
}

export function isInstalledOn(
  { account, repositories }: { account: string; repositories?: readonly string[] },
  name: string,
): boolean {
  const wanted = name.toLowerCase();
  if (repositories === undefined) return wanted.split('/')[0] === account.toLowerCase();
  return repositories.some((repository) => repository.toLowerCase() === wanted);
}

/** What GitHub tells of the user of a token, for good: that the token may less is not in it. */
export function permissionsOf(caller: Caller): { permissions?: Record<string, boolean> } {
  if (caller.kind !== 'token') return {};
  const may = (role: Role) => roles.indexOf(caller.role ?? 'admin') >= roles.indexOf(role);
  const permissions = {
    admin: may('admin'),
    maintain: may('maintain'),
    push: may('write'),
    triage: may('triage'),
    pull: may('read'),
  };
  return { permissions };
}
