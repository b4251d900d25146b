import { findComponentIn } from './component-names.ts';
import type { ConfiguredComponent, DispatchContext } from './decision.ts';
import { mappedComponentName, type NamedIssue } from './mapped-component.ts';

/** The component that an issue is about: as the configuration maps it, else as its title says. */
export function componentOfIssue(
  issue: NamedIssue & { title: string },
  context: Pick<DispatchContext, 'componentOfIssue' | 'components'>,
): ConfiguredComponent | undefined {
  const mapped = mappedComponentName(issue, context);
  if (mapped === undefined) return findComponentIn(issue.title, context.components);
  return context.components.find(
    ({ component, repository }) => mapped === component || mapped === `${repository}/${component}`,
  );
}
