import { expect, test } from 'vitest';
import { scheduleDefinitions } from '../../../lib/flows/schedules/definitions.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';

test('both flows have a schedule, and only one of them starts agents', () => {
  expect(scheduleDefinitions(parseConfig({}))).toEqual([
    { name: 'autonomous-cicd', flow: 'autonomous-cicd', everyMinutes: 15, startsAgents: true },
    { name: 'system-health', flow: 'system-health', everyMinutes: 5, startsAgents: false },
  ]);
});

test('a disabled schedule is left out, another interval is taken', () => {
  const schedules = { 'autonomous-cicd': { enabled: false }, 'system-health': { everyMinutes: 1 } };
  expect(scheduleDefinitions(parseConfig({ schedules }))).toMatchObject([
    { name: 'system-health', everyMinutes: 1 },
  ]);
});
