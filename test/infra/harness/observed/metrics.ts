import { z } from 'zod';

export interface MetricSample {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  value: number;
}

/** Everything that CloudWatch would have been told. */
export interface Metrics {
  record(sample: MetricSample): void;
  /** Makes metrics of a log line in the embedded metric format; other lines mean nothing. */
  readLine(line: string): void;
  /** Values of exactly these dimensions, oldest first: CloudWatch adds nothing up over dimensions. */
  values(metric: Omit<MetricSample, 'value'>): number[];
}

const embeddedSchema = z
  .object({
    _aws: z.object({
      CloudWatchMetrics: z.array(
        z.object({
          Namespace: z.string(),
          Dimensions: z.array(z.array(z.string())),
          Metrics: z.array(z.object({ Name: z.string() })),
        }),
      ),
    }),
  })
  .loose();

export function createMetrics(): Metrics {
  const samples: MetricSample[] = [];
  return {
    record: (sample) => void samples.push(sample),
    readLine: (line) => samples.push(...embeddedSamples(line)),
    values: ({ dimensions, name, namespace }) =>
      samples
        .filter(
          (sample) =>
            sample.namespace === namespace &&
            sample.name === name &&
            keyOf(sample.dimensions) === keyOf(dimensions),
        )
        .map(({ value }) => value),
  };
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function embeddedSamples(line: string): MetricSample[] {
  if (!line.startsWith('{') || !line.includes('"_aws"')) return [];
  const parsed = embeddedSchema.parse(JSON.parse(line));
  const { _aws: definition } = parsed;
  return definition.CloudWatchMetrics.flatMap(({ Dimensions, Metrics, Namespace }) =>
    Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(parsed[name])]));
      return Metrics.map(({ Name }) => ({
        namespace: Namespace,
        name: Name,
        dimensions,
        value: Number(parsed[Name]),
      }));
    }),
  );
}

function keyOf(dimensions: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(dimensions).toSorted(([a], [b]) => a.localeCompare(b)));
}
