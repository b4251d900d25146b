import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { ScheduleDefinition } from '../../../lib/flows/schedules/definitions.ts';
import type { DurableFlow } from '../durable-flow.ts';
import type { AlarmMaker } from './alarm-maker.ts';
import { ownMetric } from './own-metric.ts';

/** Percent of the runs of a flow. */
const mostFailures = 10;

/** Of fewer, one failure is a great share and says nothing, unless none of them has succeeded. */
const fewestRuns = 3;

/** A tick of the 15-minute flow is 8 % of the runs in it: one failure is no alarm, two are. */
const period = Duration.hours(3);

/** How many of the runs of each flow fail. */
export function watchRuns(
  maker: AlarmMaker,
  stackName: string,
  flows: readonly DurableFlow[],
): void {
  for (const { file: flow, logGroup } of flows) {
    const ended = (outcome: 'succeeded' | 'failed') =>
      ownMetric({ name: 'RunEnded', stackName, dimensions: { flow, outcome }, period });
    maker.add({
      article: 'run-failures',
      of: flow,
      impact: `More than ${mostFailures} % of the runs of ${flow} fail: what they were to do is not done.`,
      logs: logGroup,
      metric: new MathExpression({
        label: 'Failed runs in percent',
        expression: `IF(${judged}, 100 * ${bad} / (${all}), 0)`,
        usingMetrics: { succeeded: ended('succeeded'), failed: ended('failed') },
        period,
      }),
      when: { above: mostFailures },
    });
  }
}

/** An outcome that no run has had has no value at all. */
const bad = 'FILL(failed, 0)';
const good = 'FILL(succeeded, 0)';
const all = `${good} + ${bad}`;
const judged = `${all} >= ${fewestRuns} OR (${bad} >= 1 AND ${good} == 0)`;

/**
 * That the flow of each schedule begins: three ticks in a row have to be missing. Lambda counts invocations
 * of a function whatever version of it runs, and at no charge.
 */
export function watchSchedules(
  maker: AlarmMaker,
  schedules: readonly ScheduleDefinition[],
  flows: readonly DurableFlow[],
): void {
  for (const { everyMinutes, flow, name } of schedules) {
    const { function: started, logGroup } = flowNamed(flow, flows);
    maker.add({
      article: 'schedule-silent',
      of: name,
      impact: `${name} is not started any more: nobody looks after what it looks after.`,
      logs: logGroup,
      metric: started.metricInvocations({ period: Duration.minutes(everyMinutes) }),
      when: { below: 1 },
      periods: 3,
      silenceIsBad: true,
    });
  }
}

function flowNamed(name: string, flows: readonly DurableFlow[]): DurableFlow {
  const flow = flows.find(({ file }) => file === name);
  if (flow === undefined) throw new Error(`no flow ${name}`);
  return flow;
}
