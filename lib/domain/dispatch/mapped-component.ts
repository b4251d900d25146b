import type { LinearIssueChange } from '../event.ts';
import type { DispatchContext } from './decision.ts';

/** What the configuration says the issue is about; undefined where the title has to say it. */
export function mappedComponentName(
  { identifier, previousIdentifiers }: LinearIssueChange,
  { componentOfIssue }: DispatchContext,
): string | undefined {
  const known = [identifier, ...previousIdentifiers].find((name) =>
    Object.hasOwn(componentOfIssue, name),
  );
  return known === undefined ? undefined : componentOfIssue[known];
}
