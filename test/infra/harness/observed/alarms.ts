import { z } from 'zod';
import type { ResolvedTemplate } from '../template/resolve-template.ts';

/** A metric that a queue or a function has, or one of our own. */
export interface WatchedMetric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  SampleCount: (values) => values.length,
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
};

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

const alarmSchema = z.object({
  ComparisonOperator: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
  MetricName: z.string(),
  Namespace: z.string(),
  Statistic: z.string(),
  Threshold: z.number(),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).default('missing'),
});

/**
 * The state of an alarm of the template over everything that was observed so far, as if that were the
 * one period it looks at.
 *
 * @param alarm its name behind that of the stack: `dead-letters-dispatcher`
 * @throws Error for an alarm that computes with several metrics, which the harness does not
 */
export async function alarmState(
  { resources, stackName }: ResolvedTemplate,
  alarm: string,
  valuesOf: (metric: WatchedMetric) => Promise<readonly number[]>,
): Promise<AlarmState> {
  const AlarmName = `${stackName}-${alarm}`;
  const resource = resources.find(
    ({ properties, type }) =>
      type === 'AWS::CloudWatch::Alarm' && properties['AlarmName'] === AlarmName,
  );
  if (resource === undefined) throw new Error(`The template has no alarm ${AlarmName}`);
  const settings = alarmSchema.parse(resource.properties);
  const values = await valuesOf({
    namespace: settings.Namespace,
    name: settings.MetricName,
    dimensions: Object.fromEntries(settings.Dimensions.map(({ Name, Value }) => [Name, Value])),
  });
  if (values.length === 0) return withoutData[settings.TreatMissingData];
  const statistic = statistics[settings.Statistic];
  const compare = comparisons[settings.ComparisonOperator];
  if (statistic === undefined || compare === undefined) {
    throw new Error(`The harness cannot evaluate ${alarm}`);
  }
  return compare(statistic(values), settings.Threshold) ? 'ALARM' : 'OK';
}

const withoutData = {
  breaching: 'ALARM',
  ignore: 'INSUFFICIENT_DATA',
  missing: 'INSUFFICIENT_DATA',
  notBreaching: 'OK',
} as const;
