import * as client from '@aws-sdk/client-cloudwatch';
import type { AwsService } from '../../service.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { createJsonWire } from '../../wire/json-wire.ts';
import { serviceSchemas } from '../../wire/service-schemas.ts';
import { statisticsOf, valuesOf, type MetricReading } from './metric-statistics.ts';

export interface CloudWatch extends AwsService {
  /** Everything that was measured, oldest first. */
  readonly readings: readonly MetricReading[];
  /** What AWS's own services do: a value of a metric of theirs. */
  record(reading: MetricReading): void;
  /** Sets the alarms that there are, and their states. */
  setAlarms(alarms: readonly client.MetricAlarm[]): void;
}

const mostData = 1_000;

/** Metrics are kept and summed up; alarms have the state that they are given. */
export function createCloudWatch(): CloudWatch {
  const readings: MetricReading[] = [];
  let alarms: readonly client.MetricAlarm[] = [];
  return {
    name: 'monitoring',
    wire: createJsonWire(serviceSchemas(client), '1.0'),
    action: (operation) => `cloudwatch:${operation}`,
    context: (_operation, { Namespace }: { Namespace?: string }) =>
      Namespace === undefined ? {} : { 'cloudwatch:namespace': Namespace },
    readings,
    record: (reading) => void readings.push(reading),
    setAlarms: (given) => {
      alarms = given;
    },
    operations: {
      PutMetricData({ Namespace = '', MetricData = [] }: client.PutMetricDataCommandInput) {
        if (MetricData.length > mostData) {
          throw new AwsError('LimitExceededFault', 'At most 1000 metrics in one request');
        }
        for (const datum of MetricData) {
          const { MetricName = '', Dimensions = [], Timestamp = new Date() } = datum;
          for (const value of valuesOf(datum)) {
            readings.push({
              namespace: Namespace,
              name: MetricName,
              dimensions: dimensionRecord(Dimensions),
              at: Timestamp.getTime(),
              value,
            });
          }
        }
        return {};
      },
      GetMetricData: (input: client.GetMetricDataCommandInput) => ({
        MetricDataResults: (input.MetricDataQueries ?? []).map((query) =>
          queryResult(query, input, readings),
        ),
      }),
      GetMetricStatistics: (input: client.GetMetricStatisticsCommandInput) => ({
        Label: input.MetricName,
        Datapoints: statisticsOf(readings, {
          namespace: input.Namespace,
          name: input.MetricName,
          dimensions: dimensionRecord(input.Dimensions ?? []),
          start: input.StartTime,
          end: input.EndTime,
          periodSeconds: input.Period ?? 60,
        }),
      }),
      DescribeAlarms: (input: client.DescribeAlarmsCommandInput) => ({
        MetricAlarms: alarms.filter(
          ({ AlarmName = '', StateValue }) =>
            (input.AlarmNames === undefined || input.AlarmNames.includes(AlarmName)) &&
            AlarmName.startsWith(input.AlarmNamePrefix ?? '') &&
            (input.StateValue === undefined || input.StateValue === StateValue),
        ),
        CompositeAlarms: [],
      }),
    },
  };
}

function queryResult(
  { Id, Label, MetricStat }: client.MetricDataQuery,
  { StartTime, EndTime }: client.GetMetricDataCommandInput,
  readings: readonly MetricReading[],
): client.MetricDataResult {
  const { Metric, Period = 60, Stat = 'Sum' } = MetricStat ?? {};
  if (Metric === undefined) {
    throw new AwsError('ValidationException', 'Expressions are not played here');
  }
  const points = statisticsOf(readings, {
    namespace: Metric.Namespace,
    name: Metric.MetricName,
    dimensions: dimensionRecord(Metric.Dimensions ?? []),
    start: StartTime,
    end: EndTime,
    periodSeconds: Period,
  }).toReversed();
  return {
    Id,
    Label: Label ?? Metric.MetricName,
    StatusCode: 'Complete',
    Timestamps: points.map(({ Timestamp }) => Timestamp),
    Values: points.map((point) => Number(new Map(Object.entries(point)).get(Stat))),
  };
}

function dimensionRecord(dimensions: readonly client.Dimension[]): Record<string, string> {
  return Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
}
