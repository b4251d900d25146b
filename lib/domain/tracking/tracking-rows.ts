import type { ConfiguredComponent, DispatchContext } from '../dispatch/decision.ts';
import { componentOfIssue } from '../dispatch/issue-component.ts';
import type { ComponentResult } from './component-result.ts';

/** A sub-issue of the tracking issue. */
export interface ComponentIssue {
  /** `ENG-7` */
  identifier: string;
  title: string;
  url: string;
  closed: boolean;
  state: { name: string };
}

/** A line of the table of all components. */
export interface TrackingRow {
  /** Undefined for an issue that is about no single configured component. */
  component: ConfiguredComponent | undefined;
  /** Open ones first, in the order in which they were made. */
  issues: ComponentIssue[];
  /** How its last analysis ended. */
  result: ComponentResult | undefined;
}

export interface TrackedComponents extends Pick<
  DispatchContext,
  'componentOfIssue' | 'components'
> {
  /** In the order in which they were made. */
  children: readonly ComponentIssue[];
  resultOf: (component: ConfiguredComponent) => ComponentResult | undefined;
}

/** A row for each configured component, then one for each issue that is about none. */
export function trackingRows(tracked: TrackedComponents): TrackingRow[] {
  const issues = Map.groupBy(tracked.children, (issue) =>
    // The tracker does not tell earlier identifiers of sub-issues.
    componentOfIssue({ ...issue, previousIdentifiers: [] }, tracked),
  );
  const rows = tracked.components.map((component) => ({
    component,
    issues: (issues.get(component) ?? []).toSorted((a, b) => Number(a.closed) - Number(b.closed)),
    result: tracked.resultOf(component),
  }));
  const others = (issues.get(undefined) ?? []).map((issue) => ({
    component: undefined,
    issues: [issue],
    result: undefined,
  }));
  return [...rows, ...others];
}
