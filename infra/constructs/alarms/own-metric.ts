import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  metricNamespace,
  type MetricDimensions,
  type MetricName,
} from '../../../lib/runtime/metrics.ts';

/** One of the metrics that the functions of a stack count; its dimensions are all that they have. */
export interface OwnMetric<Name extends MetricName> {
  name: Name;
  stackName: string;
  dimensions: MetricDimensions[Name];
  /** Default: 5 minutes. */
  period?: Duration;
}

/** How often it was counted. */
export function ownMetric<Name extends MetricName>({
  dimensions,
  name,
  period = Duration.minutes(5),
  stackName,
}: OwnMetric<Name>): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName: name,
    dimensionsMap: { stack: stackName, ...dimensions },
    statistic: Stats.SUM,
    period,
  });
}
