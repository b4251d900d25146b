import { formatTime } from '../../../lib/dashboard/run-text.ts';
import type { Delivery } from '../../../lib/domain/delivery.ts';
import type { ScheduleView } from '../../../lib/domain/schedule.ts';
import { ok, off, problem, warning, type CheckLine } from './check-line.ts';

/** What runs the system: a host, or a stack. */
type Area = 'Host' | 'Stack';

export interface WorkFacts {
  /** Whether it is at work, so that what is due should happen. */
  isUp: boolean;
  schedules: readonly ScheduleView[];
  /** Newest first. */
  deliveries: readonly Delivery[];
  pausedSince: string | null;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Whether what should happen does. */
export function judgeWork(facts: WorkFacts, area: Area): CheckLine[] {
  return [
    ...(facts.pausedSince === null ? [] : [judgePause(facts.pausedSince, area)]),
    ...facts.schedules.map((schedule) => judgeSchedule(schedule, facts, area)),
    judgeDeliveries(facts, area),
  ];
}

/** @param url where the host answers; null when none holds the data folder */
export function judgeHost(url: string | null): CheckLine {
  const place = { area: 'Host', subject: 'host' } as const;
  return url === null
    ? problem(place, 'does not run', 'start it: npm start')
    : ok(place, `answers at ${url}`);
}

function judgePause(since: string, area: Area): CheckLine {
  const place = { area, subject: 'pause' } as const;
  return warning(place, `nothing is started since ${formatTime(since)} UTC`, 'cicd resume');
}

const adviceOnLate: Record<Area, string> = {
  Host: 'look at the log of the host, or start it again',
  Stack: 'look at the log of the function scheduler: infra/RUNBOOK.md',
};

/** A tick is late once another one is due. */
function judgeSchedule(schedule: ScheduleView, { isUp, now }: WorkFacts, area: Area): CheckLine {
  const { everyMinutes, lastTickAt, name, nextTickAt, paused } = schedule;
  const place = { area, subject: name } as const;
  const last =
    lastTickAt === null ? 'has not ticked yet' : `last tick ${formatTime(lastTickAt)} UTC`;
  if (paused) return warning(place, `${last}, paused`, `cicd schedules resume ${name}`);
  // The pause of everything has a line of its own.
  if (nextTickAt === null) return off(place, `${last}, waits for cicd resume`);
  if (!isUp) return off(place, last);
  const lateMs = now - Date.parse(nextTickAt);
  if (lateMs > everyMinutes * 60_000) {
    return problem(place, `${last}, overdue`, adviceOnLate[area]);
  }
  return ok(place, `${last}, every ${everyMinutes} min`);
}

function judgeDeliveries({ deliveries }: WorkFacts, area: Area): CheckLine {
  const place = { area, subject: 'deliveries' } as const;
  const failed = deliveries.filter(({ decision }) => decision === 'failed').length;
  const [last] = deliveries;
  if (last === undefined) return off(place, 'none has arrived yet');
  const detail = `last one ${formatTime(last.receivedAt)} UTC (${last.type})`;
  if (failed === 0) return ok(place, detail);
  return warning(place, `${detail}; ${failed} failed`, 'cicd deliveries ls, then replay ID');
}
