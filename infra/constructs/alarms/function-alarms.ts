import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { DeployedFunction } from '../deployed-function.ts';
import { DurableFlow } from '../durable-flow.ts';
import type { AlarmMaker } from './alarm-maker.ts';

const period = Duration.minutes(5);

/** What every function needs watched, whatever it does. */
export function watchFunctions(maker: AlarmMaker, functions: readonly DeployedFunction[]): void {
  for (const deployed of functions) {
    watchErrors(maker, deployed);
    watchDeadLetters(maker, deployed);
  }
}

function watchErrors(maker: AlarmMaker, deployed: DeployedFunction): void {
  const { file, logGroup } = deployed;
  maker.add({
    article: 'function-errors',
    of: file,
    impact: `${file} fails: ${impactOfErrors(deployed)}`,
    logs: logGroup,
    metric: deployed.function.metricErrors({ period }),
    when: { atLeast: 1 },
  });
}

function impactOfErrors(deployed: DeployedFunction): string {
  if (deployed instanceof DurableFlow) {
    return 'its process dies or cannot begin, and runs stand still or are never done.';
  }
  return deployed.deadLetters === undefined
    ? 'senders of deliveries get an error and bring them later or not at all.'
    : 'what it was to do is tried twice more, then kept as a dead letter.';
}

function watchDeadLetters(
  maker: AlarmMaker,
  { deadLetters, file, logGroup }: DeployedFunction,
): void {
  if (deadLetters === undefined) return;
  maker.add({
    article: 'dead-letters',
    of: file,
    impact: `Work of ${file} was given up and lies in its dead-letter queue until it is redriven.`,
    logs: logGroup,
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({
      period,
      statistic: Stats.MAXIMUM,
    }),
    when: { atLeast: 1 },
  });
}

/**
 * Of all functions in the account and region together: they share its concurrency, so that whoever is throttled may
 * have another to blame.
 */
export function watchThrottles(maker: AlarmMaker, shownIn: DeployedFunction): void {
  maker.add({
    article: 'function-throttles',
    impact: 'Lambda turns invocations away: webhooks are refused, events and runs start late.',
    logs: shownIn.logGroup,
    metric: LambdaFunction.metricAllThrottles({ period }),
    when: { atLeast: 1 },
    periods: 2,
  });
}

/** How long events wait for the function that decides on them. */
export function watchEventAge(maker: AlarmMaker, dispatcher: DeployedFunction): void {
  maker.add({
    article: 'event-age',
    impact: 'Deliveries wait minutes before anything is started for them.',
    logs: dispatcher.logGroup,
    metric: dispatcher.function.metric('AsyncEventAge', { period, statistic: Stats.MAXIMUM }),
    when: { above: Duration.minutes(5).toMilliseconds() },
    periods: 2,
  });
}
