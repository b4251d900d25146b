import type { LinearIssueChange } from '../event.ts';
import { findComponentIn } from './component-names.ts';
import type { DispatchContext } from './decision.ts';
import { mappedComponentName } from './mapped-component.ts';

const assignments = ['assigneeId', 'delegateId'];
const endings = ['completedAt', 'canceledAt', 'archivedAt', 'trashed'];

/**
 * What of an update of an open issue with the label asks for an analysis: the label is new, someone has
 * just been assigned, the issue was reopened, or its title names another component.
 * @returns `ENG-7 was assigned`; undefined when nothing does
 */
export function whyUpdateAsks(
  issue: LinearIssueChange,
  { context, labelId }: { context: DispatchContext; labelId: string },
): string | undefined {
  if (issue.changes === null) return undefined;
  const { identifier } = issue;
  const { fields, previousLabelIds } = issue.changes;
  const changed = (names: readonly string[]) => names.some((name) => fields.includes(name));
  if (previousLabelIds !== null && !previousLabelIds.includes(labelId)) {
    return `${identifier} got the label ${context.analysisLabel}`;
  }
  if (issue.assigned && changed(assignments)) return `${identifier} was assigned`;
  if (!issue.closed && changed(endings)) return `${identifier} was reopened`;
  return namesAnotherComponent(issue, context)
    ? `the title of ${identifier} names another component`
    : undefined;
}

function namesAnotherComponent(issue: LinearIssueChange, context: DispatchContext): boolean {
  const previousTitle = issue.changes?.previousTitle ?? null;
  if (previousTitle === null || mappedComponentName(issue, context) !== undefined) return false;
  const named = findComponentIn(issue.title, context.components);
  return named !== undefined && named !== findComponentIn(previousTitle, context.components);
}
