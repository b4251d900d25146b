import { Duration } from 'aws-cdk-lib';
import type { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { DeployedFunction } from './deployed-function.ts';

/**
 * A function as the target of a rule. EventBridge tries for hours to hand an event over to Lambda's queue, then puts it
 * into the dead-letter queue of the function.
 */
export function eventTarget(
  { deadLetters, file, target }: DeployedFunction,
  input?: RuleTargetInput,
): LambdaFunction {
  if (deadLetters === undefined) throw new Error(`${file} is not invoked by events`);
  return new LambdaFunction(target, {
    deadLetterQueue: deadLetters,
    maxEventAge: Duration.hours(6),
    ...(input !== undefined && { event: input }),
  });
}
