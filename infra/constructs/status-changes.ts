import { Match, Rule } from 'aws-cdk-lib/aws-events';
import type { DeployedFunction } from './deployed-function.ts';
import type { DurableFlow } from './durable-flow.ts';
import { eventTarget } from './event-target.ts';

/**
 * Has Lambda's events on runs of these flows brought to a function. They come on the default bus, together with those
 * of every other durable function in the account.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html
 */
export function recordStatusChanges(
  flows: readonly DurableFlow[],
  recorder: DeployedFunction,
): Rule {
  const arns = flows.map(({ function: { functionArn } }) => `${functionArn}:`);
  return new Rule(recorder, 'StatusChanges', {
    description: 'Starts and ends of runs',
    eventPattern: {
      source: ['aws.lambda'],
      detailType: ['Durable Execution Status Change'],
      detail: { durableExecutionArn: Match.anyOf(...arns.map((arn) => Match.prefix(arn))) },
    },
    targets: [eventTarget(recorder)],
  });
}
