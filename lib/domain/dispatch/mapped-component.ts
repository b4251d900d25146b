import type { DispatchContext } from './decision.ts';

export interface NamedIssue {
  /** `ENG-7` */
  identifier: string;
  /** Those from before it was moved to another team. */
  previousIdentifiers: readonly string[];
}

/** What the configuration says the issue is about; undefined where the title has to say it. */
export function mappedComponentName(
  { identifier, previousIdentifiers }: NamedIssue,
  { componentOfIssue }: Pick<DispatchContext, 'componentOfIssue'>,
): string | undefined {
  const known = [identifier, ...previousIdentifiers].find((name) =>
    Object.hasOwn(componentOfIssue, name),
  );
  return known === undefined ? undefined : componentOfIssue[known];
}
