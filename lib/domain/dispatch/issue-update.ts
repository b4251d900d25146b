import type { LinearIssueChange } from '../event.ts';
import { findComponentIn } from './component-names.ts';
import type { DispatchContext } from './decision.ts';
import { mappedComponentName } from './mapped-component.ts';

const assignments = ['assigneeId', 'delegateId'];
const endings = ['completedAt', 'canceledAt', 'archivedAt', 'trashed'];

/**
 * Whether an update of an open issue with the label asks for an analysis: the label is new, someone
 * has just been assigned, the issue was reopened, or its title names another component.
 */
export function asksForAnalysis(
  issue: LinearIssueChange,
  { context, labelId }: { context: DispatchContext; labelId: string },
): boolean {
  if (issue.changes === null) return false;
  const { fields, previousLabelIds } = issue.changes;
  const changed = (names: readonly string[]) => names.some((name) => fields.includes(name));
  const labelled = previousLabelIds !== null && !previousLabelIds.includes(labelId);
  const assigned = issue.assigned && changed(assignments);
  const reopened = !issue.closed && changed(endings);
  return labelled || assigned || reopened || namesAnotherComponent(issue, context);
}

function namesAnotherComponent(issue: LinearIssueChange, context: DispatchContext): boolean {
  const previousTitle = issue.changes?.previousTitle ?? null;
  if (previousTitle === null || mappedComponentName(issue, context) !== undefined) return false;
  const named = findComponentIn(issue.title, context.components);
  return named !== undefined && named !== findComponentIn(previousTitle, context.components);
}
