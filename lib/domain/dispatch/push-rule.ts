import type { BusEvent, PushedCommits } from '../event.ts';
import { isSameRepository } from '../same-repository.ts';
import type { Source } from '../source.ts';
import { componentRun } from './analysis-run.ts';
import type { ConfiguredComponent, Decision, DispatchContext } from './decision.ts';
import { ignored } from './ignored.ts';

/** A push whose payload tells enough of it. */
interface Push extends PushedCommits {
  /** `owner/name` */
  repository: string;
  defaultBranch: string | null;
}

/**
 * A push to the branch that a source reads, the default branch unless the configuration names another, asks
 * for an analysis of the components that it touches, where the configuration says so. Bots push too (a merge
 * queue does): a static analysis starts no agent.
 */
export function decidePush(event: BusEvent, context: DispatchContext): Decision[] | undefined {
  if (event.source !== 'github' || event.type !== 'push') return undefined;
  const push = pushOf(event);
  if (push === undefined) return ignored('the payload does not hold a push');

  const configured = context.components.filter((component) =>
    isSameRepository(component.repository, push.repository),
  );
  if (configured.length === 0) return ignored(`${push.repository} is not configured`);
  const awaited = configured.filter(({ onPush }) => onPush);
  if (awaited.length === 0) return ignored(`analyseOnPush is not set for ${push.repository}`);
  const concerned = awaited.filter(({ source }) => reads(source, push));
  if (concerned.length === 0) return ignored(whyElsewhere(push, awaited));
  if (push.deleted) return ignored(`${push.ref} was deleted`);
  return runsFor(push, concerned, context);
}

function pushOf({ push, repository }: BusEvent): Push | undefined {
  if (push === null || repository === null || !/^[0-9a-f]{40}$/.test(push.after)) return undefined;
  const { defaultBranch, name } = repository;
  return { ...push, repository: name, defaultBranch };
}

/** A folder counts as a checkout of the default branch. */
function branchOf(source: Source, { defaultBranch }: Push): string | null {
  return source.kind === 'github' ? (source.ref ?? defaultBranch) : defaultBranch;
}

function reads(source: Source, push: Push): boolean {
  const branch = branchOf(source, push);
  return branch !== null && push.ref === `refs/heads/${branch}`;
}

function whyElsewhere(push: Push, awaited: readonly ConfiguredComponent[]): string {
  const { defaultBranch, ref } = push;
  const branches = new Set(awaited.map(({ source }) => branchOf(source, push)));
  if (branches.has(null)) return 'the payload does not tell the default branch';
  if (branches.size === 1 && branches.has(defaultBranch)) {
    return `${ref} is not the default branch, ${defaultBranch}`;
  }
  return `${ref} is not among the branches that are analysed: ${[...branches].join(', ')}`;
}

function runsFor(
  push: Push,
  concerned: readonly ConfiguredComponent[],
  context: DispatchContext,
): Decision[] {
  const { after, before, changedPaths, ref, round } = push;
  // A payload that does not tell all paths may have touched any.
  const touched = concerned.filter(
    (component) => changedPaths?.some((path) => context.covers(component, path)) ?? true,
  );
  if (touched.length === 0)
    return ignored(`the push to ${push.repository} touches no configured component`);
  const request = {
    // The commit alone does not say it: a branch can be reset, and another one be at the same commit.
    cause: ['push', ref, before, after, String(round)],
    origin: { kind: 'push' as const, ref, commit: after },
    reason: whyRun(push),
  };
  return touched.map((component) =>
    componentRun({ ...component, source: asPushed(component.source, after) }, request, context),
  );
}

/** What was pushed, and not what is there when the run begins. */
function asPushed(source: Source, commit: string): Source {
  return source.kind === 'github' ? { ...source, atCommit: commit } : source;
}

function whyRun({ after, changedPaths, ref, repository }: Push): string {
  const branch = ref.replace('refs/heads/', '');
  const push = `${after.slice(0, 7)} was pushed to ${branch} of ${repository}`;
  return changedPaths === null
    ? `${push}; the payload does not list all its files, so every component counts as touched`
    : push;
}
