import type { BusEvent, PushedCommits } from '../event.ts';
import { componentRun } from './analysis-run.ts';
import type { ConfiguredComponent, Decision, DispatchContext } from './decision.ts';
import { ignored } from './ignored.ts';

/**
 * A push to the default branch asks for an analysis of the components that it touches, where the
 * configuration says so. Bots push too (a merge queue does): a static analysis starts no agent.
 */
export function decidePush(event: BusEvent, context: DispatchContext): Decision[] | undefined {
  const { push, repository } = event;
  if (event.source !== 'github' || event.type !== 'push') return undefined;
  if (push === null || push.after === '' || repository === null) {
    return ignored('the payload does not hold a push');
  }

  const configured = context.components.filter((component) =>
    isSameRepository(component.repository, repository.name),
  );
  if (configured.length === 0) return ignored(`${repository.name} is not configured`);
  const awaited = configured.filter(({ onPush }) => onPush);
  if (awaited.length === 0) {
    return ignored(`analyseOnPush is not set for ${repository.name}`);
  }
  const elsewhere = whyElsewhere(push, repository.defaultBranch);
  if (elsewhere !== undefined) return ignored(elsewhere);
  return runsFor({ ...push, repository: repository.name }, awaited, context);
}

/** GitHub keeps the case in which a name was written first, and takes every other. */
function isSameRepository(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function whyElsewhere({ deleted, ref }: PushedCommits, branch: string | null): string | undefined {
  if (branch === null) return 'the payload does not tell the default branch';
  if (ref !== `refs/heads/${branch}`) return `${ref} is not the default branch, ${branch}`;
  return deleted ? `${ref} was deleted` : undefined;
}

function runsFor(
  push: PushedCommits & { repository: string },
  awaited: readonly ConfiguredComponent[],
  context: DispatchContext,
): Decision[] {
  const { after, changedPaths, ref } = push;
  // A payload that does not tell all paths may have touched any.
  const touched = awaited.filter(
    (component) => changedPaths?.some((path) => context.covers(component, path)) ?? true,
  );
  if (touched.length === 0)
    return ignored(`the push to ${push.repository} touches no configured component`);
  const request = {
    cause: ['push', after],
    origin: { kind: 'push' as const, ref, commit: after },
    reason: whyRun(push),
  };
  return touched.map((component) => componentRun(component, request, context));
}

function whyRun({ after, changedPaths, ref, repository }: PushedCommits & { repository: string }) {
  const branch = ref.replace('refs/heads/', '');
  const push = `${after.slice(0, 7)} was pushed to ${branch} of ${repository}`;
  return changedPaths === null
    ? `${push}; the payload does not list all its files, so every component counts as touched`
    : push;
}
