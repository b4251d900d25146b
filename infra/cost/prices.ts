/**
 * List prices in us-east-1 in US dollars, without any free allowance. Most other regions are 0 to 20 %
 * above. The pages are https://aws.amazon.com/SERVICE/pricing; looked up in November 2026 in copies of them
 * and in what others tell of them: durable functions as of September 2026, EventBridge as of March, DynamoDB
 * since November 2024.
 */
export const prices = {
  httpApiRequest: 1.0 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** arm64. */
  lambdaGbSecond: 0.0000133334,
  durableOperation: 8 / 1e6,
  durableGbWritten: 0.25,
  durableGbMonthKept: 0.15,
  /** For each 64 KB. Events of AWS itself and scheduled rules cost nothing. */
  busEvent: 1.0 / 1e6,
  archiveGb: 0.1,
  archiveGbMonth: 0.023,
  /** A write of 1 KB. */
  tableWrite: 0.625 / 1e6,
  /** A consistent read of 4 KB. */
  tableRead: 0.125 / 1e6,
  tableGbMonth: 0.25,
  /** Point-in-time recovery. */
  tableBackupGbMonth: 0.2,
  bucketPut: 0.005 / 1e3,
  bucketGet: 0.0004 / 1e3,
  bucketGbMonth: 0.023,
  secretMonth: 0.4,
  secretRead: 0.05 / 1e4,
  logGb: 0.5,
  logGbMonth: 0.03,
  metricMonth: 0.3,
  /** For each metric that an alarm looks at. */
  alarmMetricMonth: 0.1,
} as const;
