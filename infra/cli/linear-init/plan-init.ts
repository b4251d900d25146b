import { findComponentIn } from '../../../lib/domain/dispatch/component-names.ts';
import type { ConfiguredComponent } from '../../../lib/domain/dispatch/decision.ts';
import { componentOfIssue as aboutOf } from '../../../lib/domain/dispatch/issue-component.ts';
import { code } from '../../../lib/flows/component-analysis/format/markdown-text.ts';
import type { TrackedIssue } from '../../../lib/ports/issue-tracker.ts';

export interface ComponentIssue {
  component: ConfiguredComponent;
  /** The sub-issue that is about it; undefined where it has to be made. */
  existing: TrackedIssue | undefined;
  /** What a new one is called: it names this component and no other. */
  title: string;
}

/**
 * Which sub-issue is about which component: as the configuration maps it, else as its title says.
 * @param componentOfIssue issue identifier → component, as configured
 */
export function planComponentIssues(
  components: readonly ConfiguredComponent[],
  children: readonly TrackedIssue[],
  componentOfIssue: Readonly<Record<string, string>>,
): ComponentIssue[] {
  const isAbout = (issue: TrackedIssue, component: ConfiguredComponent) =>
    aboutOf({ ...issue, previousIdentifiers: [] }, { components, componentOfIssue }) === component;
  return components.map((component) => ({
    component,
    existing: children.find((issue) => isAbout(issue, component)),
    title: titleOf(component, components),
  }));
}

/**
 * What the sub-issue of a component says, in Markdown.
 * @param label that asks for an analysis
 */
export function describeIssue(
  { component, paths, repository }: ConfiguredComponent,
  label: string,
): string {
  return [
    `Give this issue the label ${code(label)} to have ${code(component)} analysed: the report appears ` +
      'here. To have it analysed again, remove the label and add it again.',
    `Repository ${code(repository)}, files:`,
    paths.map((path) => `- ${code(path)}`).join('\n'),
  ].join('\n\n');
}

function titleOf(component: ConfiguredComponent, all: readonly ConfiguredComponent[]): string {
  const titles = [
    `Component analysis: ${component.component}`,
    `Component analysis: ${fullName(component)}`,
  ];
  // The words around a name may be names of components themselves.
  return titles.find((title) => findComponentIn(title, all) === component) ?? fullName(component);
}

function fullName({ component, repository }: ConfiguredComponent): string {
  return `${repository}/${component}`;
}
