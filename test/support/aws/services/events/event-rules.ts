import type { PutRuleRequest, PutTargetsRequest, Rule, Target } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../wire/aws-error.ts';
import { patternMatches, requireValidPattern } from './event-pattern.ts';
import type { BridgeEvent } from './put-events.ts';

export const defaultBus = 'default';

interface KnownRule {
  rule: Rule & { Name: string; EventBusName: string };
  pattern: Record<string, unknown> | undefined;
  targets: Map<string, Target>;
}

/** Names a rule: `Rule` where its targets are meant, `Name` where it is meant itself. */
interface RuleReference {
  Name?: string | undefined;
  Rule?: string | undefined;
  EventBusName?: string | undefined;
}

export type EventRules = ReturnType<typeof createEventRules>;

/** The rules of all buses and their targets. */
export function createEventRules() {
  const known = new Map<string, KnownRule>();

  function find(reference: RuleReference): KnownRule {
    const found = known.get(keyOf(reference));
    if (found !== undefined) return found;
    const { Name, Rule: name = Name, EventBusName = defaultBus } = reference;
    const message = `Rule ${name} does not exist on EventBus ${EventBusName}.`;
    throw new AwsError('ResourceNotFoundException', message);
  }

  return {
    put(request: PutRuleRequest): void {
      const { Name = '', EventBusName = defaultBus, State = 'ENABLED', EventPattern } = request;
      if (EventPattern === undefined && request.ScheduleExpression === undefined) {
        const message = 'Parameter(s) EventPattern or ScheduleExpression must be specified.';
        throw new AwsError('ValidationException', message);
      }
      const pattern = EventPattern === undefined ? undefined : parsePattern(EventPattern);
      const key = keyOf(request);
      const { Tags: _tags, ...rule } = request;
      known.set(key, {
        rule: { ...rule, Name, EventBusName, State },
        pattern,
        targets: known.get(key)?.targets ?? new Map(),
      });
    },
    addTargets(request: PutTargetsRequest): void {
      const { targets } = find(request);
      for (const target of request.Targets ?? []) targets.set(target.Id ?? '', target);
    },
    setState(reference: RuleReference, state: 'ENABLED' | 'DISABLED'): undefined {
      find(reference).rule.State = state;
    },
    describe: (reference: RuleReference): Rule => find(reference).rule,
    targets: (reference: RuleReference): Target[] => [...find(reference).targets.values()],
    matching: (bus: string, event: BridgeEvent): { rule: string; target: Target }[] =>
      [...known.values()]
        .filter(
          ({ rule, pattern }) =>
            rule.EventBusName === bus &&
            rule.State !== 'DISABLED' &&
            pattern !== undefined &&
            patternMatches(pattern, { ...event }),
        )
        .flatMap(({ rule, targets }) =>
          [...targets.values()].map((target) => ({ rule: rule.Name, target })),
        ),
  };
}

function keyOf({ Name, Rule: name = Name, EventBusName = defaultBus }: RuleReference): string {
  return `${EventBusName}/${name}`;
}

/** A pattern is refused when it is put, not when the first event comes. */
function parsePattern(text: string): Record<string, unknown> {
  try {
    const pattern: Record<string, unknown> = JSON.parse(text);
    requireValidPattern(pattern);
    return pattern;
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw new AwsError('InvalidEventPatternException', 'Event pattern is not valid.');
  }
}
