import type { ScheduleView } from '../domain/schedule.ts';

/** Whether a schedule ticks and, if not, why. */
export function formatScheduleState({ nextTickAt, paused }: ScheduleView): string {
  if (paused) return 'paused';
  return nextTickAt === null ? 'held back' : 'on';
}
