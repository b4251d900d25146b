import { namesIn } from './component-names.ts';
import type { Origin } from '../origin.ts';
import type { ConfiguredComponent, DispatchContext, RunDecision } from './decision.ts';

const flow = 'component-analysis';

/** The longest name that AWS takes for a durable execution. */
const longestName = 64;
const hashDigits = 40;

/** What a run is for: values that are the same in every delivery of the same cause. */
type CausePart = string | null;

interface Request {
  cause: readonly CausePart[];
  origin: Origin;
  /** For people. */
  reason: string;
}

/** A run that analyses a configured component. */
export function componentRun(
  { component, paths, repository, source }: ConfiguredComponent,
  { cause, origin, reason }: Request,
  context: DispatchContext,
): RunDecision {
  const name = runName([...cause, repository, component], context);
  const input = { repository, component, paths, source, origin };
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
    name: runName([...cause, null, null], context),
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

/** A list as JSON, because joined parts could read the same for different causes. */
function runName(cause: readonly CausePart[], { hash, stack }: DispatchContext): string {
  const digits = hash(JSON.stringify([stack, flow, ...cause])).slice(0, hashDigits);
  return `${flow.slice(0, longestName - hashDigits - 1)}-${digits}`;
}

/** As a person may write them: with the repository where the name alone fits several. */
function componentNames(components: readonly ConfiguredComponent[]): string[] {
  return components.map(({ component, repository }) => {
    const namesakes = components.filter((other) => other.component === component);
    return namesakes.length === 1 ? component : `${repository}/${component}`;
  });
}
