import type { RunEnding } from '../domain/run-ending.ts';
import { deployedVariables } from './deployed-environment.ts';

/** What is counted, with its dimensions. */
export interface MetricDimensions {
  /** A delivery whose signature was right; `secret` is `current` or `previous`. */
  WebhookVerified: { source: string; secret: string };
  /** A webhook request that was turned away. */
  WebhookRefused: { source: string; reason: string };
  /** A run that has ended. */
  RunEnded: { flow: string; outcome: RunEnding };
  /** An agent run that has ended; one that was lost or ran out of time has failed. */
  AgentRunEnded: { provider: string; outcome: 'succeeded' | 'failed' | 'cancelled' };
  /** An agent run that was not started; `day`: those of the day are used up, in all or for a repository. */
  AgentRunRefused: { reason: 'day' | 'cause' | 'paused' };
}

export type MetricName = keyof MetricDimensions;
export type MetricSink = (name: MetricName, dimensions: Readonly<Record<string, string>>) => void;

/** CloudWatch gathers metrics under this name. */
export const metricNamespace = 'AutonomousCicd';

/**
 * CloudWatch makes a metric of a log line in the embedded metric format: no call, no waiting.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const writeEmbeddedMetric: MetricSink = (name, dimensions) => {
  // Several stacks of one account count under the same name.
  const stack = process.env[deployedVariables.stack];
  const all = { ...(stack !== undefined && { stack }), ...dimensions };
  const definition = {
    Namespace: metricNamespace,
    Dimensions: [Object.keys(all)],
    Metrics: [{ Name: name, Unit: 'Count' }],
  };
  const line = {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [definition] },
    ...all,
    [name]: 1,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

let currentSink: MetricSink = writeEmbeddedMetric;

/** Sends all metrics of this process elsewhere. The local host counts them; a Lambda function does not. */
export function setMetricSink(sink: MetricSink): void {
  currentSink = sink;
}

/** Counts one. Dimensions are few and fixed words: each combination is a metric of its own. */
export function countMetric<Name extends MetricName>(
  name: Name,
  dimensions: MetricDimensions[Name],
): void {
  currentSink(name, dimensions);
}

export interface MetricCount {
  name: string;
  dimensions: Readonly<Record<string, string>>;
  /** Since this process started. */
  value: number;
}

export interface MetricCounters {
  /** Give it to `setMetricSink`. */
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
      const counted = counts.get(key) ?? { name, dimensions, value: 0 };
      counted.value += 1;
      counts.set(key, counted);
    },
    list: () => [...counts.values()],
  };
}
