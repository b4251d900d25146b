import { expect, test } from 'vitest';
import type { Delivery } from '../../../../lib/domain/delivery.ts';
import type { ScheduleView } from '../../../../lib/domain/schedule.ts';
import { judgeHost, judgeWork, type WorkFacts } from '../../../../infra/cli/doctor/host-checks.ts';

const now = Date.parse('2026-03-01T12:00:00Z');

const schedule: ScheduleView = {
  name: 'autonomous-cicd',
  everyMinutes: 15,
  paused: false,
  lastTickAt: '2026-03-01T11:45:00Z',
  lastRunId: 'r1',
  nextTickAt: '2026-03-01T12:00:00Z',
  skipped: 0,
};
const delivery: Delivery = {
  id: 'd1',
  source: 'github',
  type: 'push',
  receivedAt: '2026-03-01T11:50:00Z',
  decision: 'run',
};

function judge(facts: Partial<WorkFacts>) {
  const work: WorkFacts = {
    isUp: true,
    schedules: [schedule],
    deliveries: [delivery],
    pausedSince: null,
    now,
    ...facts,
  };
  const lines = judgeWork(work, 'Host');
  return Object.fromEntries(lines.map(({ state, subject }) => [subject, state]));
}

test('a host at work is well', () => {
  expect(judgeHost('http://localhost:4200').state).toBe('ok');
  expect(judge({})).toEqual({ 'autonomous-cicd': 'ok', deliveries: 'ok' });
});

test('without a host, that is the problem, and not the ticks that it cannot make', () => {
  const schedules = [{ ...schedule, nextTickAt: '2026-03-01T09:00:00Z' }];
  expect(judgeHost(null).state).toBe('problem');
  expect(judge({ isUp: false, schedules })).toMatchObject({ 'autonomous-cicd': 'off' });
});

test('a tick that is late by more than its interval is a problem', () => {
  expect(judgeTick('2026-03-01T11:45:00Z')).toBe('ok');
  expect(judgeTick('2026-03-01T11:44:59Z')).toBe('problem');
});

function judgeTick(nextTickAt: string) {
  return judge({ schedules: [{ ...schedule, nextTickAt }] })[schedule.name];
}

test('what is paused is told', () => {
  const paused = [{ ...schedule, paused: true, nextTickAt: null }];
  expect(judge({ schedules: paused, pausedSince: '2026-03-01T11:00:00Z' })).toMatchObject({
    pause: 'warning',
    'autonomous-cicd': 'warning',
  });
});

test('a delivery that failed is told', () => {
  const failed = { ...delivery, decision: 'failed' as const };
  expect(judge({ deliveries: [delivery, failed] })['deliveries']).toBe('warning');
  expect(judge({ deliveries: [] })['deliveries']).toBe('off');
});
