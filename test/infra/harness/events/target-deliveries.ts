import type { Target } from '@aws-sdk/client-eventbridge';
import type { DeadLetter } from '../state/queues.ts';
import type { ResourcePolicies } from '../permissions/resource-policies.ts';

export interface TargetDeliveryParts {
  policies: ResourcePolicies;
  /** Queues an invocation of the function, whose ARN may end with an alias. */
  invoke: (functionArn: string, event: unknown) => void;
  /** Puts what cannot be delivered into a queue, with why. */
  sendToQueue: (queueArn: string, letter: DeadLetter) => void;
  /** Told of everything that EventBridge was not let do. */
  onDenied: (problem: string) => void;
}

export interface RuleMatch {
  ruleArn: string;
  target: Target;
  event: unknown;
}

const service = 'events.amazonaws.com';

/**
 * Brings an event to a target as EventBridge does. A function takes it into its queue at once, so nothing is
 * tried again here: what remains is a target that EventBridge may not reach, and that goes to the
 * dead-letter queue of the target without another attempt.
 */
export function createTargetDeliveries({
  invoke,
  onDenied,
  policies,
  sendToQueue,
}: TargetDeliveryParts): (match: RuleMatch) => void {
  return ({ event, ruleArn, target: { Arn: target = '', DeadLetterConfig, Input } }) => {
    const input: unknown = Input === undefined ? event : JSON.parse(Input);
    if (policies.mayInvoke({ service, sourceArn: ruleArn, target })) {
      invoke(target, input);
      return;
    }
    onDenied(`${ruleArn} may not invoke ${target}`);
    const queue = DeadLetterConfig?.Arn;
    if (queue === undefined) return;
    if (policies.maySend({ service, sourceArn: ruleArn, target: queue })) {
      const attributes = { ERROR_CODE: 'NO_PERMISSIONS', RULE_ARN: ruleArn, TARGET_ARN: target };
      sendToQueue(queue, { event: input, attributes });
    } else {
      onDenied(`${ruleArn} may not send to ${queue}`);
    }
  };
}
