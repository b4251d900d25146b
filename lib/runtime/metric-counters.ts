import type { MetricSink } from './metrics.ts';

export interface MetricCount {
  name: string;
  dimensions: Readonly<Record<string, string>>;
  /** Since this process started. */
  value: number;
}

export interface MetricCounters {
  sink: MetricSink;
  /** In the order in which they were first counted. */
  list(): MetricCount[];
}

/** Keeps counts in memory, for the host that has no CloudWatch. */
export function createMetricCounters(): MetricCounters {
  const counts = new Map<string, MetricCount>();
  return {
    sink: (name, dimensions) => {
      const key = JSON.stringify([name, dimensions]);
      const count = counts.get(key) ?? { name, dimensions, value: 0 };
      count.value += 1;
      counts.set(key, count);
    },
    list: () => [...counts.values()],
  };
}
