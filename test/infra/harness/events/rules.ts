import type { Target } from '@aws-sdk/client-eventbridge';
import { z } from 'zod';
import type { EventBridge } from '../../../support/aws/services/events/event-bridge.ts';
import type { ResolvedTemplate } from '../template/resolve-template.ts';

const targetSchema = z.strictObject({
  Arn: z.string(),
  Id: z.string(),
  /** Given to the target in place of the event. */
  Input: z.string().exactOptional(),
  DeadLetterConfig: z.object({ Arn: z.string() }).exactOptional(),
  RetryPolicy: z
    .object({
      MaximumEventAgeInSeconds: z.number().exactOptional(),
      MaximumRetryAttempts: z.number().exactOptional(),
    })
    .exactOptional(),
});

const ruleSchema = z.object({
  EventBusName: z.string().exactOptional(),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().exactOptional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(targetSchema),
});

/**
 * Makes the buses of the template and the rules on them.
 *
 * @returns their ARNs by name
 * @throws Error for a target that does what the harness does not play, such as transforming its input
 */
export function installRules(
  { names, resources }: ResolvedTemplate,
  { createBus, rules }: Pick<EventBridge, 'createBus' | 'rules'>,
): ReadonlyMap<string, string> {
  for (const { id, type } of resources) {
    if (type === 'AWS::Events::EventBus') createBus(names(id).ref);
  }
  const installed = resources
    .filter(({ type }) => type === 'AWS::Events::Rule')
    .map(({ id, properties }) => {
      const { EventBusName: bus, EventPattern, Targets, ...rule } = ruleSchema.parse(properties);
      const { arn, ref } = names(id);
      // Of a rule on a bus of its own, Ref gives `bus|rule`.
      const name = ref.split('|').at(-1) ?? ref;
      const on = bus === undefined ? {} : { EventBusName: bus.split('/').at(-1) ?? bus };
      const pattern =
        EventPattern === undefined ? {} : { EventPattern: JSON.stringify(EventPattern) };
      rules.put({ Name: name, ...on, ...rule, ...pattern });
      rules.addTargets({ Rule: name, ...on, Targets: Targets satisfies Target[] });
      return [name, arn] as const;
    });
  return new Map(installed);
}
