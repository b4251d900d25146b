import type { CheckName, HealthCheck, HealthResult, HealthStatus } from './health-result.ts';

/** What a probe has found out. */
export type Reading =
  | {
      kind: 'read';
      /** A share, 0 to 1; null where there is too little to tell. */
      value: number | null;
      /** The figures behind it, for people. */
      detail: string;
    }
  /** The probe has failed or came too late. */
  | { kind: 'unreadable'; reason: string };

export type Thresholds = Readonly<Record<CheckName, number>>;

/** From here on it can no longer wait. A processor that is busy all the time does its work, if slowly. */
const farOver: Partial<Thresholds> = { memory: 0.95, disk: 0.97, 'flow failures': 0.5 };

const worstFirst: readonly HealthStatus[] = ['unhealthy', 'warning', 'healthy'];

export function evaluateHealth(
  readings: readonly { name: CheckName; reading: Reading }[],
  thresholds: Thresholds,
): HealthResult {
  const checks = readings.map(({ name, reading }) =>
    evaluateCheck(name, reading, thresholds[name]),
  );
  const status = worstFirst.find((one) => checks.some((check) => check.status === one));
  return { status: status ?? 'healthy', checks };
}

function evaluateCheck(name: CheckName, reading: Reading, threshold: number): HealthCheck {
  if (reading.kind === 'unreadable') {
    // What cannot be seen counts as unwell: a machine on its last legs fails its probes first.
    return { name, status: 'warning', value: null, threshold, detail: reading.reason };
  }
  const { detail, value } = reading;
  return { name, status: statusOf(value, threshold, farOver[name]), value, threshold, detail };
}

function statusOf(value: number | null, threshold: number, far = Infinity): HealthStatus {
  if (value === null || value <= threshold) return 'healthy';
  return value >= far ? 'unhealthy' : 'warning';
}
