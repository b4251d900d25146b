import { flowNames } from '../flow-names.ts';
import type { Origin } from '../origin.ts';
import { componentNames, namesIn } from './component-names.ts';
import type { ConfiguredComponent, DispatchContext, RunDecision } from './decision.ts';
import { runName, type CausePart, type RunNaming } from './run-name.ts';

const flow = flowNames.componentAnalysis;

interface Request {
  cause: readonly CausePart[];
  origin: Origin;
  /** A person asks: coding agents may be asked as well. */
  agents?: true;
  /** For people. */
  reason: string;
}

/** A run that analyses a configured component. */
export function componentRun(
  { component, paths, repository, source }: ConfiguredComponent,
  { agents, cause, origin, reason }: Request,
  context: RunNaming,
): RunDecision {
  const name = runName(flow, [...cause, repository, component], context);
  const input = { repository, component, paths, source, origin, ...(agents && { agents }) };
  return { kind: 'run', flow, name, input, reason };
}

/** A run whose report says that nobody knows what is meant, and what could be. */
export function unknownComponentRun(
  wanted: string,
  { cause, origin, reason }: Request,
  context: DispatchContext,
): RunDecision {
  const known = namesToTell(wanted, componentNames(context.components));
  return {
    kind: 'run',
    flow,
    name: runName(flow, [...cause, null, null], context),
    input: { kind: 'unknown-component', wanted, known, origin },
    reason,
  };
}

/** More than a report shows, and less than what a run may be given: 256 KB on AWS. */
const mostNames = 400;

/** Of very many names, first of all those that may be meant. */
function namesToTell(wanted: string, names: string[]): string[] {
  if (names.length <= mostNames) return names;
  const meant = namesIn(wanted, names);
  return (meant.length > 1 ? meant : names).slice(0, mostNames);
}
