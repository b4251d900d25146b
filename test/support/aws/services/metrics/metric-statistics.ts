import { isDeepStrictEqual } from 'node:util';
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';

export interface MetricReading {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  at: number;
  value: number;
}

export interface MetricQuery {
  namespace: string | undefined;
  name: string | undefined;
  dimensions: Readonly<Record<string, string>>;
  start: Date | undefined;
  end: Date | undefined;
  periodSeconds: number;
}

export interface MetricPoint {
  /** Begin of the period. */
  Timestamp: Date;
  SampleCount: number;
  Sum: number;
  Average: number;
  Minimum: number;
  Maximum: number;
}

/** What a datum stands for: one value, several, or several often. */
export function valuesOf({ Value, Values = [], Counts = [] }: MetricDatum): number[] {
  if (Value !== undefined) return [Value];
  return Values.flatMap((value, index) => Array.from({ length: Counts[index] ?? 1 }, () => value));
}

/** One point for each period in which something was measured, oldest first. */
export function statisticsOf(
  readings: readonly MetricReading[],
  query: MetricQuery,
): MetricPoint[] {
  const periodMs = query.periodSeconds * 1000;
  const found = readings.filter((reading) => isAskedFor(reading, query));
  const periods = Map.groupBy(found, ({ at }) => Math.floor(at / periodMs) * periodMs);
  return [...periods]
    .toSorted(([one], [other]) => one - other)
    .map(([begin, within]) => {
      const values = within.map(({ value }) => value);
      const sum = values.reduce((total, value) => total + value, 0);
      return {
        Timestamp: new Date(begin),
        SampleCount: values.length,
        Sum: sum,
        Average: sum / values.length,
        Minimum: Math.min(...values),
        Maximum: Math.max(...values),
      };
    });
}

/** A metric is its name and exactly its dimensions. */
function isAskedFor(reading: MetricReading, query: MetricQuery): boolean {
  const { start = new Date(0), end = new Date(8.64e15) } = query;
  return (
    reading.namespace === query.namespace &&
    reading.name === query.name &&
    isDeepStrictEqual({ ...reading.dimensions }, { ...query.dimensions }) &&
    reading.at >= start.getTime() &&
    reading.at < end.getTime()
  );
}
