import { z } from 'zod';
import type { Label } from '../../ports/issue-tracker.ts';
import { labelSchema, listOf } from './issue-shapes.ts';

/**
 * Labels of that name in all teams and in the workspace: in one request with the issue, its team is not
 * known before.
 */
export const labelFields = 'nodes { id name isGroup retiredAt team { id } }';

const foundLabelSchema = labelSchema.extend({
  isGroup: z.boolean(),
  retiredAt: z.string().nullable(),
  team: z.object({ id: z.string() }).nullable(),
});
export const foundLabelsSchema = listOf(foundLabelSchema);
export type FoundLabels = z.infer<typeof foundLabelsSchema>;

/** Those that issues of the team can get: groups and retired ones cannot be given. */
export function labelsOfTeam({ nodes }: FoundLabels, teamId: string): Label[] {
  return nodes
    .filter(({ team }) => team === null || team.id === teamId)
    .filter(({ isGroup, retiredAt }) => !isGroup && retiredAt === null)
    .map(({ id, name }) => ({ id, name }));
}

/** For states and labels: those with one of the names, whatever their case. */
export function anyOfNames(names: readonly string[]): object {
  return { or: names.map((name) => ({ name: { eqIgnoreCase: name } })) };
}
