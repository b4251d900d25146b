import { z } from 'zod';
import type { Label } from '../../ports/issue-tracker.ts';
import { labelSchema, listOf } from './issue-shapes.ts';

/**
 * Labels that issues of a team can get belong to the team or to the workspace: two lists. Both filters are
 * variables of the document, the first of them for the `labels` of a team.
 */
export const labelVariables =
  '$labelFilter: IssueLabelFilter!, $workspaceLabelFilter: IssueLabelFilter!';
export const labelFields = 'nodes { id name isGroup retiredAt }';
export const teamLabelsArguments = '(first: 20, filter: $labelFilter)';
export const workspaceLabelsArguments = '(first: 20, filter: $workspaceLabelFilter)';

const foundLabelSchema = labelSchema.extend({
  isGroup: z.boolean(),
  retiredAt: z.string().nullable(),
});
export const foundLabelsSchema = listOf(foundLabelSchema);
type FoundLabels = z.infer<typeof foundLabelsSchema>;

export function labelFilters(names: readonly string[]): Record<string, object> {
  const labelFilter = anyOfNames(names);
  return { labelFilter, workspaceLabelFilter: { and: [{ team: { null: true } }, labelFilter] } };
}

/** Groups and retired labels cannot be given to an issue. */
export function usableLabels(...lists: FoundLabels[]): Label[] {
  return lists
    .flatMap(({ nodes }) => nodes)
    .filter(({ isGroup, retiredAt }) => !isGroup && retiredAt === null)
    .map(({ id, name }) => ({ id, name }));
}

/** For states and labels: those with one of the names, whatever their case. */
export function anyOfNames(names: readonly string[]): object {
  return { or: names.map((name) => ({ name: { eqIgnoreCase: name } })) };
}
