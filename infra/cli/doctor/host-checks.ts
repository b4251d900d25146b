import { formatTime } from '../../../lib/dashboard/run-text.ts';
import type { Delivery } from '../../../lib/domain/delivery.ts';
import type { ScheduleView } from '../../../lib/domain/schedule.ts';
import { ok, off, problem, warning, type CheckLine } from './check-line.ts';

const area = 'Host';

export interface HostFacts {
  /** Where the host answers; null when none holds the data folder. */
  url: string | null;
  schedules: readonly ScheduleView[];
  /** Newest first. */
  deliveries: readonly Delivery[];
  pausedSince: string | null;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Whether the host is at work. */
export function judgeHost(facts: HostFacts): CheckLine[] {
  return [
    judgeAlive(facts),
    ...(facts.pausedSince === null ? [] : [judgePause(facts.pausedSince)]),
    ...facts.schedules.map((schedule) => judgeSchedule(schedule, facts)),
    judgeDeliveries(facts),
  ];
}

function judgeAlive({ url }: HostFacts): CheckLine {
  const place = { area, subject: 'host' } as const;
  return url === null
    ? problem(place, 'does not run', 'start it: npm start')
    : ok(place, `answers at ${url}`);
}

function judgePause(since: string): CheckLine {
  const place = { area, subject: 'pause' } as const;
  return warning(place, `nothing is started since ${formatTime(since)} UTC`, 'cicd resume');
}

/** A tick is late once another one is due. */
function judgeSchedule(schedule: ScheduleView, { now, url }: HostFacts): CheckLine {
  const { everyMinutes, lastTickAt, name, nextTickAt, paused } = schedule;
  const place = { area, subject: name } as const;
  const last =
    lastTickAt === null ? 'has not ticked yet' : `last tick ${formatTime(lastTickAt)} UTC`;
  if (paused) return warning(place, `${last}, paused`, `cicd schedules resume ${name}`);
  // The pause of everything has a line of its own.
  if (nextTickAt === null) return off(place, `${last}, waits for cicd resume`);
  if (url === null) return off(place, last);
  const lateMs = now - Date.parse(nextTickAt);
  if (lateMs > everyMinutes * 60_000) {
    return problem(place, `${last}, overdue`, 'look at the log of the host, or start it again');
  }
  return ok(place, `${last}, every ${everyMinutes} min`);
}

function judgeDeliveries({ deliveries }: HostFacts): CheckLine {
  const place = { area, subject: 'deliveries' } as const;
  const failed = deliveries.filter(({ decision }) => decision === 'failed').length;
  const [last] = deliveries;
  if (last === undefined) return off(place, 'none has arrived yet');
  const detail = `last one ${formatTime(last.receivedAt)} UTC (${last.type})`;
  if (failed === 0) return ok(place, detail);
  return warning(place, `${detail}; ${failed} failed`, 'cicd deliveries ls, then replay ID');
}
