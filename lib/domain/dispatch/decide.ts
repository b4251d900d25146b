import type { BusEvent } from '../event.ts';
import { decideAgentSession } from './agent-session-rule.ts';
import type { Decision, DispatchContext } from './decision.ts';
import { ignored } from './ignored.ts';
import { decideLinearIssue } from './linear-issue-rule.ts';
import { decidePush } from './push-rule.ts';

/** Undefined for events that are not the rule's business. */
type Rule = (event: BusEvent, context: DispatchContext) => Decision[] | undefined;

const rules: readonly Rule[] = [decideLinearIssue, decideAgentSession, decidePush, decidePing];

/**
 * What is to be done about an event: one `ignored` with a reason that a person can act on, or a `run`
 * for every component that it concerns.
 */
export function decideDispatch(event: BusEvent, context: DispatchContext): Decision[] {
  for (const rule of rules) {
    const decisions = rule(event, context);
    if (decisions !== undefined) return decisions;
  }
  return ignored(`nothing listens to ${event.type}`);
}

function decidePing({ source, type }: BusEvent): Decision[] | undefined {
  if (source !== 'github' || type !== 'ping') return undefined;
  return ignored('GitHub tells that the webhook works');
}
