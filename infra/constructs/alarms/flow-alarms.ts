import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { scheduleCheckMinutes } from '../schedule-rules.ts';
import type { ScheduleDefinition } from '../../../lib/flows/schedules/definitions.ts';
import type { DeployedFunction } from '../deployed-function.ts';
import type { DurableFlow } from '../durable-flow.ts';
import type { AlarmMaker } from './alarm-maker.ts';
import { ownMetric } from './own-metric.ts';

/** Percent of the runs of a flow. */
const mostFailures = 10;

/** Fewer runs say nothing: of one run, all have failed or none. */
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
        expression: `IF(${all} >= ${fewestRuns}, 100 * ${bad} / (${all}), 0)`,
        usingMetrics: { succeeded: ended('succeeded'), failed: ended('failed') },
        period,
      }),
      when: { above: mostFailures },
    });
  }
}

/** An outcome that no run has had has no value at all. */
const bad = 'FILL(failed, 0)';
const all = `FILL(succeeded, 0) + ${bad}`;

/** That the clock goes on: three checks in a row have to be missing. */
export function watchSchedules(
  maker: AlarmMaker,
  watched: {
    stackName: string;
    schedules: readonly ScheduleDefinition[];
    scheduler: DeployedFunction;
  },
): void {
  const { scheduler, schedules, stackName } = watched;
  for (const { everyMinutes, name: schedule } of schedules) {
    maker.add({
      article: 'schedule-silent',
      of: schedule,
      impact: `${schedule} is not started any more: nobody looks after what it looks after.`,
      logs: scheduler.logGroup,
      metric: ownMetric({
        name: 'ScheduleTicked',
        stackName,
        dimensions: { schedule },
        period: Duration.minutes(scheduleCheckMinutes(everyMinutes)),
      }),
      when: { below: 1 },
      periods: 3,
      silenceIsBad: true,
    });
  }
}
