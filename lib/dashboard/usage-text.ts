import { calledServices, type CalledService, type Usage, type UsageDay } from '../domain/usage.ts';

/** A table with its head. */
export interface UsageTable {
  head: string[];
  rows: string[][];
}

/** Agent runs and calls of services outside, a row a day, newest first. Services that were not called are left out. */
export function usageByDay({ days }: Usage): UsageTable {
  const called = calledServices.filter((service) => days.some((day) => callsOf(day, service) > 0));
  return {
    head: [
      'Day (UTC)',
      'Agent runs',
      'Failed',
      'Minutes',
      ...called.map((name) => `${name} calls`),
    ],
    rows: days.map((day) => [
      day.day,
      formatCount(sum(day.agentRuns.map(({ started }) => started))),
      formatCount(sum(day.agentRuns.map(({ failed }) => failed))),
      formatCount(sum(day.agentRuns.map(({ minutes }) => minutes))),
      ...called.map((service) => formatCount(callsOf(day, service))),
    ]),
  };
}

function callsOf({ calls }: UsageDay, wanted: CalledService): number {
  return sum(calls.filter(({ service }) => service === wanted).map((one) => one.calls));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** `12,345`, `7.5` */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
