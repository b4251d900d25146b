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
  return runsFor(push, awaited, context);
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
  { after, changedPaths, ref }: PushedCommits,
  awaited: readonly ConfiguredComponent[],
  context: DispatchContext,
): Decision[] {
  // A payload that does not tell all paths may have touched any.
  const touched = awaited.filter(
    (component) => changedPaths?.some((path) => context.covers(component, path)) ?? true,
  );
  if (touched.length === 0) return ignored('the push touches no configured component');
  return touched.map((component) =>
    componentRun(
      component,
      { cause: ['push', after], origin: { kind: 'push', ref, commit: after } },
      context,
    ),
  );
}
